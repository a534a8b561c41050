"""How wide a table's columns are: as their content asks, a number whole and on one line, on paper and in Word alike."""

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

# The type area is 156 mm wide, a character of a table 12 pt, or 10.5 pt where the columns would not fit.
_AREA, _SIZE, _SMALL = 156 / 25.4 * 72, 12.0, 10.5
# The room left and right of a cell's text with its rule, in points.
_AROUND = 2.8 / 25.4 * 72
_NARROW = 0.55
_LEAST, _WIDEST_TEXT = 2.0, 24.0
# A name so short stays on one line.
_SHORT = 4.0
_SEVEN_FIGURES = len("1,234,567") * _NARROW
# A longer heading runs over several lines rather than widen its column.
_LONGEST_HEADING = 4.0
_WORD = re.compile(r"[!-~]+")


class Columns(NamedTuple):
    """Shares of the table's width in per cent, which add up to 100, and whether the table is set small to fit."""

    shares: tuple[float, ...]
    small: bool


def columns_of(block: Mapping[str, Any]) -> Columns:
    """Return the columns of a table's block as `blocks.table` makes it."""
    asked = [_asked(block, place) for place in range(len(block["columns"]))]
    for size in (_SIZE, _SMALL):
        room = _AREA / size - len(asked) * _AROUND / size
        if sum(one.least for one in asked) <= room:
            break
    wanted, least = sum(one.most for one in asked), sum(one.least for one in asked)
    if wanted <= room:
        # What is to spare goes to the numbers first, until each has room for seven figures, then to all alike.
        spare, wish = room - wanted, sum(one.wish for one in asked)
        given = min(1.0, spare / wish) if wish else 0.0
        found = [one.most + one.wish * given for one in asked]
        found = [width * room / sum(found) for width in found]
    elif wanted > least:
        given = (room - least) / (wanted - least)
        found = [one.least + (one.most - one.least) * given for one in asked]
    else:
        found = [one.least for one in asked]
    around = _AROUND / size
    whole = sum(found) + around * len(found)
    return Columns(tuple(round((width + around) * 100 / whole, 3) for width in found), size == _SMALL)


class _Asked(NamedTuple):
    """The least and the most a column needs, and what it would gladly have beyond, in characters of its type."""

    least: float
    most: float
    wish: float


def _asked(block: Mapping[str, Any], place: int) -> _Asked:
    heading = str(block["columns"][place]["heading"])
    most = min(_long(heading), _LONGEST_HEADING)
    least, wish = max(_LEAST, _word(heading)), 0.0
    for row in block["rows"]:
        cell = row["cells"][place]
        text = str(cell["text"])
        number, long = cell["align"] == "number", _long(text)
        most = max(most, long)
        least = max(least, long if number else max(_word(text), min(long, _SHORT)))
        wish = _SEVEN_FIGURES if number else wish
    most = max(least, min(most, _WIDEST_TEXT))
    return _Asked(least, most, max(0.0, wish - most))


def _long(text: str) -> float:
    """Return how long a text is on one line, in characters: Latin letters and digits take half a square."""
    return sum(_NARROW if ord(one) < 0x2E80 else 1.0 for one in text)


def _word(text: str) -> float:
    """Return the longest piece that is not to be broken: a run of Latin letters or digits, within reason."""
    return min(max((len(found) * _NARROW for found in _WORD.findall(text)), default=0.0), 8.0)
