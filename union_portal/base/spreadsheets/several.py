"""Cells that hold several things, separated by 、 or a line break."""

import re
from collections.abc import Callable
from typing import Any

from union_portal.base.spreadsheets.errors import CellError, UnknownWord
from union_portal.base.spreadsheets.parsers import Parser
from union_portal.base.spreadsheets.raw import Raw

# What may stand between several words of one cell.
MARKS = str.maketrans(dict.fromkeys("，,；;\n/", "、"))
_WORD = re.compile(r"[^、，,；;\n/+＋]+")


class Several(Parser):
    """Several of a list in one cell: each is read, and may be explained, by itself; a word may hold a mark."""

    as_text = True

    def __init__(self, of: Parser, *, in_order: bool = True) -> None:
        self.of = of
        self._in_order = in_order

    @property
    def model(self) -> Any:
        """Whose rows the words name, if any."""
        return getattr(self.of, "model", None)

    @property
    def options(self) -> tuple[str, ...]:  # type: ignore[override]
        """What each of the words may be."""
        return self.of.options

    def parse(self, raw: Raw) -> tuple[Any, ...]:
        """Return the values, each once, in the order named or, where that says nothing, sorted."""
        return self.read(raw, self.of.parse)

    def read(self, raw: Raw, parse: Callable[[Raw], Any]) -> tuple[Any, ...]:
        """Return what `parse` makes of each word; the refusal names all words that nobody knows."""
        try:
            return (parse(raw),)
        except UnknownWord as refusal:
            text = str(raw)
            words = [word for word in _WORD.finditer(text) if word[0].strip()]
            if len(words) < 2:
                raise
            reason = str(refusal)
        found: list[Any] = []
        unknown: list[str] = []
        place = 0
        while place < len(words):
            # The longest run of words that is one: a label may hold a mark.
            for end in range(len(words), place, -1):
                word = text[words[place].start() : words[end - 1].end()].strip()
                try:
                    found.append(parse(word))
                except CellError as one:
                    if end > place + 1:
                        continue
                    if not isinstance(one, UnknownWord):
                        raise CellError(f"“{word}”：{one}") from one
                    unknown += one.words
                break
            place = end
        if unknown:
            raise UnknownWord(f"“{'”“'.join(unknown)}”{reason}", words=unknown)
        values = dict.fromkeys(found)
        return tuple(values) if self._in_order else tuple(sorted(values))

    def show(self, value: Any) -> str:
        """Return the words in one line."""
        return "、".join(self.of.show(one) for one in value or ())


class Listed(Several):
    """Several of a list that one column of the table keeps, in the order named."""

    def read(self, raw: Raw, parse: Callable[[Raw], Any]) -> list[Any]:  # type: ignore[override]
        """Return the values as the column holds them."""
        return list(super().read(raw, parse))


class Titles(Parser):
    """Titles in one cell, separated by 、 or a line break; book marks keep what they enclose together."""

    def parse(self, raw: Raw) -> tuple[str, ...]:
        """Return the titles without book marks, each once, in their order."""
        found, inside = [""], False
        for character in str(raw):
            if character in "《》":
                inside = character == "《"
            elif not inside and character.translate(MARKS) == "、":
                found.append("")
            else:
                found[-1] += character
        return tuple(dict.fromkeys(title.strip() for title in found if title.strip()))

    def show(self, value: Any) -> str:
        """Return the titles in one line."""
        marked = ((one, any(mark in MARKS or mark == ord("、") for mark in map(ord, one))) for one in value or ())
        return "、".join(f"《{one}》" if several else one for one, several in marked)
