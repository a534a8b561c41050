"""Is what was written really in the PDF, as text and as drawn characters?"""

import io
import re
from collections import Counter
from typing import Any

from django.utils.translation import gettext as _
from pypdf import PdfReader

from union_portal.base.paper.types import PaperError

_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af]")
_UNDRAWN = re.compile(rb"<([0-9a-f]{4})> 0\b")
_MEANING = re.compile(rb"<([0-9a-f]{4})> <([0-9a-f]+)>")


def text_of(pdf: bytes) -> str:
    """Return the text of all pages."""
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def check_text(pdf: bytes, expected_text: str) -> None:
    """Compare the Chinese characters by number and look for glyphs that no font had."""
    reader = PdfReader(io.BytesIO(pdf))
    if undrawn := _undrawn(reader):
        raise PaperError(
            _("No font can draw these characters: %(characters)s. Put a font that has them into the fonts folder.")
            % {"characters": "".join(sorted(undrawn))},
        )
    there = Counter(character for page in reader.pages for character in _HAN.findall(page.extract_text()))
    if missing := Counter(_HAN.findall(expected_text)) - there:
        raise PaperError(
            _("These characters are missing from the document's text: %(characters)s")
            % {"characters": "".join(sorted(missing))},
        )


def _undrawn(reader: PdfReader) -> set[str]:
    """Return the characters that stand in the text but are drawn as an empty box."""
    found: set[str] = set()
    for page in reader.pages:
        fonts: Any = page.get("/Resources", {}).get("/Font", {})
        for reference in fonts.values():
            font = reference.get_object()
            encoding = font["/Encoding"].get_object()
            if hasattr(encoding, "get_data"):
                meanings = dict(_MEANING.findall(font["/ToUnicode"].get_object().get_data()))
                codes = _UNDRAWN.findall(encoding.get_data())
                found |= {
                    bytes.fromhex(meanings[code].decode()).decode("utf-16-be") for code in codes if code in meanings
                }
    return found
