"""Numbers as people write them of years gone by: 近20, 约1,024人, 417余万, 近十万元, 98%."""

import re
from decimal import Decimal
from typing import NamedTuple

from union_portal.base.money import exact
from union_portal.base.spreadsheets.errors import CellError
from union_portal.base.spreadsheets.parsers import Parser
from union_portal.base.spreadsheets.raw import Raw
from union_portal.base.spreadsheets.text import clean_code, plain_number

_DIGITS = {word: value for value, word in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_SCALES = {"": 1, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
# How the words are told: by what stands before the number, within it or behind it.
_SAID = {
    **dict.fromkeys(("近", "将近", "接近"), "近"),
    **dict.fromkeys(("约", "大约", "约为", "左右", "上下"), "约"),
    **dict.fromkeys(("余", "多", "超", "超过", "逾"), "余"),
    "整": "整",
}
_BEFORE = "|".join(sorted(_SAID, key=len, reverse=True))
_NUMBER = re.compile(
    rf"(?P<before>{_BEFORE})?[¥￥]?(?P<number>\d[\d,，]*(?:\.\d+)?|[零〇一二两三四五六七八九十百千]+)"
    r"(?P<scale>[百千万亿]?)(?P<within>[余多整]?)(?P<larger>[万亿]?)"
    r"(?:元|人次|人|次|件|项|场|个|份|条|期|%)?(?P<behind>[余多整]|左右|上下)?元?"
)


class Said(NamedTuple):
    """A number and the word that says how exact it is: 整, 余, 近, 约, or nothing."""

    number: Decimal
    word: str = ""

    def __str__(self) -> str:
        return f"{self.word}{exact(self.number)}" if self.word in "近约" else f"{exact(self.number)}{self.word}"


class Spoken(Parser):
    """A number with the source's own word beside it; `decimals` it may have at most, a `rate` is in per cent."""

    def __init__(self, *, decimals: int = 0, most: int = 2_000_000_000, rate: bool = False) -> None:
        self.decimals = decimals
        self.most = most
        self.rate = rate

    def parse(self, raw: Raw) -> Said:
        """Return the number and its word."""
        text = plain_number(raw) if isinstance(raw, int | float) else clean_code(str(raw))
        found = _NUMBER.fullmatch(text)
        if found is None or isinstance(raw, bool):
            raise CellError("请填写数字，如 20，或连同约数，如 近20、417余万")
        if "%" in text and not self.rate:
            raise CellError("百分比请填在“比率”一列")
        words = {_SAID[word] for word in found.group("before", "within", "behind") if word}
        if len(words) > 1:
            raise CellError(f"“{'”“'.join(sorted(words))}”只能有一个")
        number = _value(found["number"]) * _SCALES[found["scale"]] * _SCALES[found["larger"]]
        if number != round(number, self.decimals):
            raise CellError(f"小数超过{self.decimals}位" if self.decimals else "不是整数")
        if number > self.most:
            raise CellError(f"大于 {self.most}")
        return Said(number, words.pop() if words else "")

    def show(self, value: Said | None) -> str:
        """Return the number with its word."""
        return "" if value is None else str(value)


def _value(text: str) -> Decimal:
    """Return what digits or Chinese numerals say."""
    if text[0].isdecimal():
        return Decimal(re.sub("[,，]", "", text))
    total, digit = 0, 0
    for letter in text:
        if letter in _UNITS:
            total, digit = total + (digit or 1) * _UNITS[letter], 0
        else:
            digit = _DIGITS[letter]
    return Decimal(total + digit)
