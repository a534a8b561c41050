"""Subset fonts with the HarfBuzz that comes as a Python package, whatever the system has.

Debian's older library cannot subset large Chinese fonts and then the whole font is embedded.
Hook: `weasyprint.pdf.fonts.Font.subset`.
"""

from typing import Any

import uharfbuzz
from weasyprint.pdf import fonts

hb: Any = uharfbuzz  # its compiled half has no types

DROPPED_TABLES = "BASE DSIG EBDT EBLC EBSC GDEF GPOS GSUB JSTF LTSH PCLT"


def install() -> None:
    """Replace WeasyPrint's subsetting."""
    engine_font: Any = fonts.Font
    engine_font.subset = subset


def subset(font: Any, to_unicode: dict[int, str], hinting: bool) -> None:
    """Keep only the glyphs in `to_unicode`, under their numbers, and cut the empty numbers after the last one."""
    if not to_unicode:
        return
    face = hb.Face(hb.Blob(font.file_content), font.index)
    common = hb.SubsetFlags.PASSTHROUGH_UNRECOGNIZED | hb.SubsetFlags.DESUBROUTINIZE
    if font.missing:
        common |= hb.SubsetFlags.NOTDEF_OUTLINE
    keep = _wish(common | hb.SubsetFlags.RETAIN_GIDS)
    keep.glyph_set.update(to_unicode)
    keep.drop_table_tag_set.update(int.from_bytes(tag.encode(), "big") for tag in DROPPED_TABLES.split())
    shorten = _wish(common if hinting else common | hb.SubsetFlags.NO_HINTING)
    shorten.glyph_set.add_range(0, max(to_unicode))
    font.file_content = bytes(hb.subset(hb.subset(face, keep), shorten).blob.data)
    font.index = 0


def _wish(flags: Any) -> Any:
    wish = hb.SubsetInput()
    wish.flags = flags
    return wish
