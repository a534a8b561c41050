"""Numbers of terms and sessions as people write them."""

from union_portal.base.spreadsheets.errors import CellError
from union_portal.base.spreadsheets.parsers import Parser
from union_portal.base.spreadsheets.raw import Raw
from union_portal.base.spreadsheets.text import clean_code

_DIGITS = {word: value for value, word in enumerate("零一二三四五六七八九十")}


class Ordinal(Parser):
    """A number of a term or a session: 6, 第6届, 第六届, 首届, 第十二次会议."""

    def parse(self, raw: Raw) -> int:
        """Return the number, from 1 to 99."""
        text = str(int(raw)) if isinstance(raw, float) and raw == int(raw) else str(raw)
        word = clean_code(text).removeprefix("第").removesuffix("会议").rstrip("届次")
        if word == "首":
            return 1
        if word.isdecimal() and 0 < int(word) < 100:
            return int(word)
        tens, ten, ones = word.partition("十")
        if word and all(letter in _DIGITS for letter in word) and len(tens) <= 1 and len(ones) <= 1:
            number = (_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[ones] if ones else 0) if ten else _DIGITS[tens]
            if number:
                return number
        raise CellError("请填写数字，如 6 或 第六")
