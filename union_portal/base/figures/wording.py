"""How a figure is written: in the same words on page and paper, with its shares and the source's own 约 and 余.

Only the digits differ: the paper writes them as reports do, the screen with separators, as all its numbers.
"""

from collections.abc import Callable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from union_portal.base.figures import Figure
from union_portal.base.money import grouped, whole

Digits = Callable[[int | Decimal], str]
# How the source's own word stands around a number.
AROUND = {"整": "{}整", "余": "{}余", "近": "近{}", "约": "约{}"}


def share(numerator: int | Decimal, denominator: int | Decimal) -> str:
    """Return a ratio as a percentage with one decimal; an empty text for a denominator of zero."""
    if not denominator:
        return ""
    return f"{(Decimal(numerator) * 100 / Decimal(denominator)).quantize(Decimal('0.1'), rounding=ROUND_HALF_UP)}%"


def around(number: str, word: str) -> str:
    """Return a number with the source's own word around it."""
    return AROUND.get(word, "{}").format(number)


def measures(figure: Figure | Mapping[str, Any], *, digits: Digits = whole) -> list[str]:
    """Return what the figure measured, each with its unit: people, times, yuan; of a ratio its share and both sides.

    Takes a figure, or a figure as the report's snapshot keeps it; `digits` writes a number.
    """
    told = figure.__dict__ if isinstance(figure, Figure) else figure
    word, unit = told.get("approximation") or "", told["unit"]
    if unit == "%":
        above, below = told["numerator"], told["denominator"]
        if not below:
            return []
        return [f"{share(Decimal(above or 0), Decimal(below))}（{digits(_side(above or 0))}/{digits(_side(below))}）"]
    found = []
    if told["heads"] is not None:
        found.append(f"{around(digits(told['heads']), word)}人")
    if told["times"] is not None and told["times"] != told["heads"]:
        found.append(f"{around(digits(told['times']), word)}{'次' if unit in {'人', '元'} else unit}")
    if told["amount"] is not None:
        found.append(f"{around(digits(Decimal(told['amount'])), word)}元")
    if told.get("denominator") is not None:
        found.append(f"基数{digits(_side(told['denominator']))}人")
    return found


def _side(number: int | Decimal | str) -> int | Decimal:
    """Return one side of a ratio, which the snapshot keeps as text when it is no whole number."""
    exact = Decimal(number)
    return int(exact) if exact == int(exact) else exact


def written(figure: Figure | Mapping[str, Any], *, nothing: str = "—", digits: Digits = whole) -> str:
    """Return the figure's value in words; what was not recorded is its reason, or this."""
    told = figure.__dict__ if isinstance(figure, Figure) else figure
    return "，".join(measures(figure, digits=digits)) or told.get("reason") or nothing


def shown(figure: Figure | Mapping[str, Any]) -> str:
    """Return the figure's value as it stands on screen."""
    return written(figure, digits=grouped)
