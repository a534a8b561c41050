"""Justify Chinese lines by widening every gap between characters; WeasyPrint itself only widens spaces.

Hook: `weasyprint.layout.inline.justify_line`.
"""

import re
from collections.abc import Iterator
from copy import copy
from itertools import accumulate
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline

# Characters that stand in a square of their own.
_SQUARE = re.compile("[\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\U00020000-\U000323af—‘’“”…]")
_WIDEST_GAP_LEFT = 3  # em; a line further from full than this is left as it is
TextBox: Any = boxes.TextBox
LineBox: Any = boxes.LineBox
InlineBox: Any = boxes.InlineBox
_original: Any = inline.justify_line


def install() -> None:
    """Replace WeasyPrint's justification."""
    inline.justify_line = justify_line


def justify_line(context: Any, line: Any, extra_width: float) -> None:
    """Spread `extra_width` over the line; lines that are mostly not Chinese are left to WeasyPrint."""
    runs = list(_text_boxes(line))
    text = "".join(run.text for run in runs)
    if len(text) < 2 or 2 * len(_SQUARE.findall(text)) < len(text):
        _original(context, line, extra_width)
    elif extra_width <= _WIDEST_GAP_LEFT * max(run.style["font_size"] for run in runs):
        _spread(line, extra_width / (len(text) - 1), 0.0)


def _text_boxes(box: Any) -> Iterator[Any]:
    if isinstance(box, TextBox):
        yield box
    elif isinstance(box, (LineBox, InlineBox)):
        for child in box.children:
            yield from _text_boxes(child)


def _spread(box: Any, gap: float, moved: float) -> float:
    """Move a box by what its predecessors grew, widen its own letters, and return the new total."""
    if isinstance(box, TextBox):
        box.position_x += moved
        if not box.text:
            return moved
        return moved + _widen(box, gap)
    if isinstance(box, (LineBox, InlineBox)):
        box.position_x += moved
        children = [child for child in box.children if child.is_in_normal_flow()]
        *_, after = accumulate(children, lambda so_far, child: _spread(child, gap, so_far), initial=moved)
        box.width += after - moved
        return after
    box.translate(moved, 0)
    return moved


def _widen(box: Any, gap: float) -> float:
    style = box.style.copy()
    spacing = style["letter_spacing"]
    style["letter_spacing"] = (0 if spacing == "normal" else spacing) + gap
    box.style = style
    # Only what is drawn again from it: drawing sets the text anew in this style, so setting it here would be in vain.
    box.pango_layout = copy(box.pango_layout)
    box.pango_layout.text, box.pango_layout.max_width, box.pango_layout.justification_spacing = box.text, None, 0
    grown = gap * len(box.text)
    box.width += grown
    return grown
