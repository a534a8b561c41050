"""Begin no line with a mark that may not begin one; Pango's rules (UAX 14) leave out some that GB/T 15834 names.

The dot in people's names, the dashes that join and the stroke: a line may end with them, and begins with what follows.
Hook: `weasyprint.text.line_break.Layout.set_text`.
"""

import re
from typing import Any

from weasyprint.text import ffi as engine
from weasyprint.text import line_break

# With the character before, which goes along. A long dash (——) may begin a line and is never divided.
_MARK = re.compile("[·•‧・～〜/％‰℃–－—]")
_HELD = re.compile(r"\S[·•‧・～〜/％‰℃–－]+|[^\s—]—(?!—)")
ffi: Any = engine.ffi
pango: Any = engine.pango
Layout: Any = line_break.Layout
_original: Any = Layout.set_text


def install() -> None:
    """Replace how the engine hands a text to Pango."""
    if Layout.set_text is not set_text:
        ffi.cdef("PangoAttribute * pango_attr_allow_breaks_new (gboolean allow_breaks);")
        Layout.set_text = set_text


def set_text(layout: Any, text: str, justify: bool = False) -> None:
    """Set the text and hold together what is not to be parted; when drawing (`justify`) lines are made already."""
    _original(layout, text, justify)
    if justify or not _MARK.search(layout.text):
        return
    attributes = pango.pango_layout_get_attributes(layout.layout)
    if attributes == ffi.NULL:
        attributes = ffi.gc(pango.pango_attr_list_new(), pango.pango_attr_list_unref)
    for held in _HELD.finditer(layout.text):
        start = len(layout.text[: held.start()].encode())
        together = pango.pango_attr_allow_breaks_new(False)
        together.start_index, together.end_index = start, start + len(held[0].encode())
        pango.pango_attr_list_change(attributes, together)
    pango.pango_layout_set_attributes(layout.layout, attributes)
