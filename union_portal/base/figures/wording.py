"""How a figure is written: numbers, yuan, shares and the source's own 约 and 余. Paper, page and data say it alike."""

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from union_portal.base.figures import Figure

# How the source's own word stands around a number.
AROUND = {"整": "{}整", "余": "{}余", "近": "近{}", "约": "约{}"}


def whole(number: int | Decimal) -> str:
    """Return a count or an amount with no needless decimals and no separators, as reports write it."""
    text = f"{number:f}" if isinstance(number, Decimal) else str(number)
    return text.rstrip("0").rstrip(".") if "." in text else text


def wan(amount: Decimal, *, decimals: int = 2) -> str:
    """Return an amount in 万元, rounded half up to the decimals, trailing zeros dropped."""
    exact = (amount / 10_000).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    return whole(exact)


def share(numerator: int | Decimal, denominator: int | Decimal) -> str:
    """Return a ratio as a percentage with one decimal; an empty text for a denominator of zero."""
    if not denominator:
        return ""
    return f"{(Decimal(numerator) * 100 / Decimal(denominator)).quantize(Decimal('0.1'), rounding=ROUND_HALF_UP)}%"


def around(number: str, word: str) -> str:
    """Return a number with the source's own word around it."""
    return AROUND.get(word, "{}").format(number)


def measures(figure: Figure | Mapping[str, Any]) -> list[str]:
    """Return what the figure measured, each with its unit: people, times, yuan; of a ratio its share and both sides.

    Takes a figure, or a figure as the report's snapshot keeps it.
    """
    told = figure.__dict__ if isinstance(figure, Figure) else figure
    word, unit = told.get("approximation") or "", told["unit"]
    if unit == "%":
        above, below = told["numerator"], told["denominator"]
        if not below:
            return []
        return [f"{share(Decimal(above or 0), Decimal(below))}（{whole(Decimal(above or 0))}/{whole(Decimal(below))}）"]
    found = []
    if told["heads"] is not None:
        found.append(f"{around(whole(told['heads']), word)}人")
    if told["times"] is not None and told["times"] != told["heads"]:
        found.append(f"{around(whole(told['times']), word)}{'次' if unit in {'人', '元'} else unit}")
    if told["amount"] is not None:
        found.append(f"{around(whole(Decimal(told['amount'])), word)}元")
    if told.get("denominator") is not None:
        found.append(f"基数{whole(Decimal(told['denominator']))}人")
    return found


def written(figure: Figure | Mapping[str, Any], *, nothing: str = "—") -> str:
    """Return the figure's value in words; what was not recorded is its reason, or this."""
    told = figure.__dict__ if isinstance(figure, Figure) else figure
    return "，".join(measures(figure)) or told.get("reason") or nothing
