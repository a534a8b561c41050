"""Shares (比例) as rules write them: 60%, 三分之二; kept as decimals of four places."""

import re
from decimal import Decimal
from fractions import Fraction

from union_portal.base.chinese.numerals import numeral

_NUMBERS = {numeral(number): number for number in range(1, 100)}
_PLACES = Decimal("0.0001")
# What nobody writes in percent has a small denominator: 三分之二, not 六十六点六七.
_SMALL = 12


def exact(share: Decimal) -> Fraction:
    """Return the fraction that a kept share stands for: 0.6667 is two thirds."""
    near = Fraction(share).limit_denominator(_SMALL)
    return near if _kept(near) == share.quantize(_PLACES) else Fraction(share)


def _kept(fraction: Fraction) -> Decimal:
    return (Decimal(fraction.numerator) / fraction.denominator).quantize(_PLACES)


def written(share: Decimal) -> str:
    """Write a share: 60%, 三分之二, 33.35%."""
    fraction = exact(share)
    if 100 % fraction.denominator and fraction.denominator <= _SMALL:
        return f"{numeral(fraction.denominator)}分之{numeral(fraction.numerator)}"
    return f"{share * 100:f}".rstrip("0").rstrip(".") + "%"


def read(text: str) -> Decimal | None:
    """Read a share however it is written: 60%, 60, 0.6, 2/3, 三分之二; None for what is no share."""
    words = text.strip().replace("％", "%").replace("／", "/").replace(" ", "")
    found: Fraction | None = None
    if named := re.fullmatch(r"(.+)分之(.+)", words):
        below, above = (_NUMBERS.get(part, int(part) if part.isdecimal() else 0) for part in named.groups())
        found = Fraction(above, below) if below and above else None
    elif parts := re.fullmatch(r"(\d{1,4})/(\d{1,4})", words):
        found = Fraction(int(parts[1]), int(parts[2])) if int(parts[2]) else None
    elif number := re.fullmatch(r"(\d{1,3}(?:\.\d{1,4})?)(%?)", words):
        value = Fraction(number[1])
        found = value / 100 if number[2] or value > 1 else value
    if found is None or not 0 < found <= 1:
        return None
    return _kept(found)
