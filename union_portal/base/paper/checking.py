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
# A change of font, or glyphs drawn in it by their codes of two bytes, as WeasyPrint writes them.
_DRAWING = re.compile(rb"/([^\s/]+) [-\d.]+ Tf\b|<([0-9a-f]+)>")


def text_of(pdf: bytes) -> str:
    """Return the text of all pages."""
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def check_text(pdf: bytes, expected_text: str) -> None:
    """Compare the Chinese characters by number and look for glyphs that no font had.

    Counts the glyphs that the pages draw and asks each font what they mean: extracting the text in reading order
    would take half as long again as making the document.
    """
    drawn = _Glyphs()
    for page in PdfReader(io.BytesIO(pdf)).pages:
        drawn.add(page.get_contents(), page.get("/Resources"))
    if undrawn := drawn.without_shape():
        raise PaperError(
            _("No font can draw these characters: %(characters)s. Put a font that has them into the fonts folder.")
            % {"characters": "".join(sorted(undrawn))},
        )
    if missing := Counter(_HAN.findall(expected_text)) - drawn.characters():
        raise PaperError(
            _("These characters are missing from the document's text: %(characters)s")
            % {"characters": "".join(sorted(missing))},
        )


class _Glyphs:
    """The glyphs drawn, by font and code."""

    def __init__(self) -> None:
        self._fonts: dict[int, Any] = {}
        self._codes: dict[int, Counter[bytes]] = {}

    def add(self, content: Any, resources: Any) -> None:
        """Count what a page draws, and the forms on it such as charts."""
        fonts = {}
        for name, reference in _entries(resources, "/Font"):
            number = fonts[name.encode()] = reference.idnum
            if number not in self._fonts:
                self._fonts[number], self._codes[number] = reference.get_object(), Counter()
        data = content.get_data() if content is not None else b""
        codes: Counter[bytes] = Counter()
        for font, hexadecimal in _DRAWING.findall(data):
            if font:
                codes = self._codes[fonts[b"/" + font]]
            else:
                codes.update(hexadecimal[place : place + 4] for place in range(0, len(hexadecimal), 4))
        for name, reference in _entries(resources, "/XObject"):
            form = reference.get_object()
            if form.get("/Subtype") == "/Form" and name.encode() + b" Do" in data:
                self.add(form, form.get("/Resources"))

    def characters(self) -> Counter[str]:
        """Return how often each Chinese character is drawn."""
        found: Counter[str] = Counter()
        for font, codes in self._codes.items():
            meanings = _meanings(self._fonts[font]) if codes else {}
            for code, times in codes.items():
                for character in _HAN.findall(meanings.get(code, "")):
                    found[character] += times
        return found

    def without_shape(self) -> set[str]:
        """Return the characters that stand in the text but are drawn as an empty box."""
        found: set[str] = set()
        for font in self._fonts.values():
            encoding = font["/Encoding"].get_object()
            if hasattr(encoding, "get_data"):
                meanings = _meanings(font)
                found |= {meanings[code] for code in _UNDRAWN.findall(encoding.get_data()) if code in meanings}
        return found


def _entries(resources: Any, kind: str) -> list[tuple[str, Any]]:
    """Return the names and references of a page's or form's fonts or forms."""
    found = resources.get_object().get(kind) if resources is not None else None
    return list(found.get_object().items()) if found is not None else []


def _meanings(font: Any) -> dict[bytes, str]:
    """Return what each code of a font stands for."""
    pairs = _MEANING.findall(font["/ToUnicode"].get_object().get_data())
    return {code: bytes.fromhex(meaning.decode()).decode("utf-16-be", "replace") for code, meaning in pairs}
