"""Justify Chinese lines by widening every gap between characters; WeasyPrint itself only widens spaces.

Hook: `weasyprint.layout.inline.justify_line`.
"""

from collections.abc import Iterator
from functools import lru_cache
from itertools import accumulate
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline
from weasyprint.text.line_break import create_layout

_CHINESE = ((0x2E80, 0x9FFF), (0xF900, 0xFAFF), (0xFE30, 0xFE4F), (0xFF00, 0xFF60), (0x20000, 0x323AF))
_QUOTES = frozenset("—‘’“”…")
_WIDEST_GAP_LEFT = 3  # em; a line further from full than this is left as it is
TextBox: Any = boxes.TextBox
LineBox: Any = boxes.LineBox
InlineBox: Any = boxes.InlineBox
_original: Any = inline.justify_line


def install() -> None:
    """Replace WeasyPrint's justification."""
    inline.justify_line = justify_line


@lru_cache(maxsize=8192)
def is_chinese(character: str) -> bool:
    """Whether a character stands in a square of its own."""
    code = ord(character)
    return any(first <= code <= last for first, last in _CHINESE) or character in _QUOTES


def justify_line(context: Any, line: Any, extra_width: float) -> None:
    """Spread `extra_width` over the line; lines that are mostly not Chinese are left to WeasyPrint."""
    runs = list(_text_boxes(line))
    text = "".join(run.text for run in runs)
    if len(text) < 2 or 2 * sum(map(is_chinese, text)) < len(text):
        _original(context, line, extra_width)
    elif extra_width <= _WIDEST_GAP_LEFT * max(run.style["font_size"] for run in runs):
        _spread(context, line, extra_width / (len(text) - 1), 0.0)


def _text_boxes(box: Any) -> Iterator[Any]:
    if isinstance(box, TextBox):
        yield box
    elif isinstance(box, (LineBox, InlineBox)):
        for child in box.children:
            yield from _text_boxes(child)


def _spread(context: Any, box: Any, gap: float, moved: float) -> float:
    """Move a box by what its predecessors grew, widen its own letters, and return the new total."""
    if isinstance(box, TextBox):
        box.position_x += moved
        if not box.text:
            return moved
        return moved + _widen(context, box, gap)
    if isinstance(box, (LineBox, InlineBox)):
        box.position_x += moved
        children = [child for child in box.children if child.is_in_normal_flow()]
        *_, after = accumulate(children, lambda so_far, child: _spread(context, child, gap, so_far), initial=moved)
        box.width += after - moved
        return after
    box.translate(moved, 0)
    return moved


def _widen(context: Any, box: Any, gap: float) -> float:
    style = box.style.copy()
    spacing = style["letter_spacing"]
    style["letter_spacing"] = (0 if spacing == "normal" else spacing) + gap
    box.style = style
    layout: Any = create_layout(box.text, style, context, None, 0)
    layout.deactivate()
    box.pango_layout = layout
    grown = gap * len(box.text)
    box.width += grown
    return grown
