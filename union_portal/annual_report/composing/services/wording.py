"""Figures put into Chinese words: sentences with placeholders, and numbers no figure backs."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal

from union_portal.base.figures import Figure
from union_portal.base.figures.wording import WAN, around_wan, counted, rate, word_of, yuan
from union_portal.base.money import whole

# An amount takes its unit along: in 万元 it is told in 元 below ten thousand, and 近100000元 is said 近十万元.
_PLACEHOLDER = re.compile(r"\{([a-z_][\w.]*)(?::([a-z_]+))?\}(?:(?<=_wan\})万元|(?<=amount\})元)?")
_UNITS = ("万元", "元")
_OPTIONAL = re.compile(r"\[([^\[\]]*)\]")
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
# Numbers that are dates, ordinals or names of documents, not figures.
_NO_FIGURE = re.compile(
    r"\d{4}[-/.年]\d{0,2}[-/.月]?\d{0,2}日?|第\d+|\d+[月日届号条款项版期级]|〔\d+〕|\d{1,2}:\d{2}|《[^》]*》|\d{4}[—–-]\d{4}"
)


def parts(figure: Figure, *, decimals: int = 2) -> dict[str, str]:
    """Return every value a sentence may quote; missing ones are absent."""
    told = figure.__dict__
    values: dict[str, str] = {"label": figure.label, "unit": figure.unit}
    for name in ("heads", "times"):
        number = getattr(figure, name)
        if number is not None:
            values[name] = counted(number, word_of(told, name))
    if figure.amount is not None:
        word = word_of(told, "amount")
        values["amount元"] = yuan(figure.amount, word)
        values["amount"] = values["amount元"].removesuffix("元")
        values["amount_wan"] = around_wan(figure.amount, word, decimals=decimals)
        # Ten thousand is what 万元 is for: 120 yuan are no 0.01万元.
        small = abs(figure.amount) < WAN
        values["amount_wan万元"] = _yuan(figure.amount, word) if small else values["amount_wan"] + "万元"
    if figure.unit_price is not None:
        values["unit_price"] = whole(figure.unit_price)
    if figure.numerator is not None:
        values["numerator"] = whole(figure.numerator)
    if figure.denominator is not None:
        values["denominator"] = whole(figure.denominator)
    values["share"] = rate(figure)
    if figure.previous is not None:
        before = parts(replace(figure.previous, previous=None), decimals=decimals)
        values |= {f"previous_{name}": text for name, text in before.items()}
    if figure.reason:
        values["reason"] = figure.reason
    return {name: text for name, text in values.items() if text}


def _yuan(amount: Decimal, word: str) -> str:
    """Return a small amount with its unit, with two decimals or none."""
    return yuan(amount, word, digits=lambda number: f"{number:.2f}".removesuffix(".00"))


def _with_unit(match: re.Match[str], name: str, values: Mapping[str, str]) -> str:
    """Return the value that a placeholder quotes, with the unit that stands behind it."""
    unit = next((unit for unit in _UNITS if match[0].endswith("}" + unit)), "")
    found = values.get(name + unit)
    return found if found is not None else values.get(name, match[0].removesuffix(unit)) + unit


def fill(template: str, values: Mapping[str, str]) -> str:
    """Fill a sentence; optional parts [in brackets] whose values are missing are left out, other missing ones stay."""

    def put(match: re.Match[str]) -> str:
        return _with_unit(match, match[1], values)

    def optional(match: re.Match[str]) -> str:
        names = [found[1] for found in _PLACEHOLDER.finditer(match[1])]
        return match[1] if all(name in values for name in names) else ""

    return _PLACEHOLDER.sub(put, _OPTIONAL.sub(optional, template))


def quoted(text: str) -> set[str]:
    """Return the kinds or line keys that a narrative quotes as {key:part}."""
    return {match[1] for match in _PLACEHOLDER.finditer(text) if match[2]}


def fill_narrative(text: str, figures: Mapping[str, Figure]) -> str:
    """Replace {key:part} in a narrative by the live figure; a key nobody counts stays and is marked in the draft."""

    def put(match: re.Match[str]) -> str:
        figure = figures.get(match[1])
        if figure is None or not match[2]:
            return match[0]
        return _with_unit(match, match[2], parts(figure))

    return _PLACEHOLDER.sub(put, text)


def unbacked(text: str, figures: Iterable[Figure]) -> list[str]:
    """Return the numbers typed by hand that no figure of the report backs, in order, each once.

    Dates, ordinals and titles of documents are no figures.
    """
    known: set[Decimal] = set()
    for figure in figures:
        for number in (figure.heads, figure.times, figure.amount, figure.unit_price, figure.denominator):
            if number is not None:
                known |= {Decimal(number), (Decimal(number) / 10_000).quantize(Decimal("0.01")).normalize()}
    bare = _PLACEHOLDER.sub("", _NO_FIGURE.sub("", text))
    found = [match[0] for match in _NUMBER.finditer(bare)]
    return list(dict.fromkeys(number for number in found if Decimal(number.replace(",", "")) not in known))
