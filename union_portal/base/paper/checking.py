"""Is what was written really in the PDF, as text and as drawn characters?"""

import re
import sys
from array import array
from collections import Counter
from collections.abc import Mapping
from html import unescape
from typing import Any

from union_portal.base.paper.types import PaperError, PaperResult

_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af]")
_UNDRAWN = re.compile(rb"<([0-9a-f]{4})> 0\b")
_MEANING = re.compile(rb"<([0-9a-f]{4})> <([0-9a-f]+)>")
# A change of font, and glyphs drawn in it by their codes of two bytes, as WeasyPrint writes them.
_FONT = re.compile(rb"/([^\s/]+) [-\d.]+ Tf\b")
_GLYPHS = re.compile(rb"<([0-9a-f]+)>")
_MOST_TOLD = 8
_FORM = re.compile(rb"/([^\s/]+) Do\b")


def refuse_without_shape(characters: str, *, html: str) -> None:
    """Raise PaperError if there are characters that no font could draw, with their codes and where they stand."""
    if not characters:
        return
    told = "、".join(f"{_shown(one)}（U+{ord(one):04X}{_where(one, html)}）" for one in characters[:_MOST_TOLD])
    more = f"等 {len(characters)} 个字符" if len(characters) > _MOST_TOLD else ""
    raise PaperError(
        f"纸面上无法显示以下字符：{told}{more}。请在原处改写后重新生成；确需使用的字，请管理员放入包含它的字体。"
    )


def _shown(character: str) -> str:
    return character if character.isprintable() else "不可见字符"


def _where(character: str, html: str) -> str:
    """Return the words around a character, in the document's own text."""
    found = re.search(rf"([^<>\n]{{0,8}}){re.escape(character)}([^<>\n]{{0,8}})", unescape(html))
    return f"，见“{found[0].strip()}”" if found and found[0] != character else ""


def check_text(result: PaperResult, expected_text: str) -> None:
    """Compare the Chinese characters by number."""
    if missing := Counter(_HAN.findall(expected_text)) - Counter(result.characters):
        raise PaperError(
            "文件文字中缺少以下字：{characters}".format(characters="".join(sorted(missing))),
        )


class Glyphs:
    """The glyphs that the pages of a finished document draw, before its objects are compressed and written.

    Counts them and asks each font what they mean: reading the file again would take a tenth of the time of making it,
    extracting its text in reading order half of it.
    """

    def __init__(self, file: Any) -> None:
        self._objects = file.objects
        self._fonts: dict[bytes, Any] = {}
        self._codes: dict[bytes, Counter[int]] = {}
        for thing in file.objects:
            if isinstance(thing, dict) and thing.get("Type") == "/Page":
                self._add(self._at(thing["Contents"]), self._at(thing["Resources"]))

    def characters(self) -> Mapping[str, int]:
        """Return how often each Chinese character is drawn."""
        found: Counter[str] = Counter()
        for reference, codes in self._codes.items():
            meanings = self._meanings(reference)
            for code, times in codes.items():
                for character in _HAN.findall(meanings.get(code, "")):
                    found[character] += times
        return dict(sorted(found.items()))

    def without_shape(self) -> str:
        """Return the characters that stand in the text but are drawn as an empty box."""
        found: set[str] = set()
        for reference, font in self._fonts.items():
            if isinstance(encoding := font["Encoding"], bytes):
                meanings = self._meanings(reference)
                codes = [int(code, 16) for code in _UNDRAWN.findall(_data(self._at(encoding)))]
                found |= {meanings[code] for code in codes if code in meanings}
        return "".join(sorted(found))

    def _add(self, content: Any, resources: Any) -> None:
        """Count what a page draws, and the forms on it such as charts."""
        fonts, data = self._at(resources["Font"]), _data(content)
        _before, *parts = _FONT.split(data)
        for name, drawing in zip(parts[::2], parts[1::2], strict=True):
            reference = fonts[name.decode()]
            if reference not in self._fonts:
                self._fonts[reference], self._codes[reference] = self._at(reference), Counter()
            self._codes[reference].update(_codes(drawing))
        for name in _FORM.findall(data):
            form = self._at(resources["XObject"][name.decode()])
            if form.extra.get("Subtype") == "/Form":
                self._add(form, self._at(form.extra["Resources"]))

    def _at(self, thing: Any) -> Any:
        """Return what a reference (`b"12 0 R"`) points to, or the thing itself."""
        return self._objects[int(thing.split()[0])] if isinstance(thing, bytes) else thing

    def _meanings(self, reference: bytes) -> dict[int, str]:
        """Return what each code of a font stands for."""
        pairs = _MEANING.findall(_data(self._at(self._fonts[reference]["ToUnicode"])))
        return {int(code, 16): bytes.fromhex(text.decode()).decode("utf-16-be", "replace") for code, text in pairs}


def _codes(drawing: bytes) -> "array[int]":
    codes = array("H", bytes.fromhex(b"".join(_GLYPHS.findall(drawing)).decode()))
    if sys.byteorder == "little":
        codes.byteswap()
    return codes


def _data(stream: Any) -> bytes:
    return b"\n".join(item if isinstance(item, bytes) else str(item).encode() for item in stream.stream)
