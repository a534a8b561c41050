"""How a figure is written: in the same words on page and paper, with its shares and the source's own 约 and 余.

Only the digits differ: the paper writes them as reports do, the screen with separators, as all its numbers.
"""

from collections.abc import Callable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from union_portal.base.figures import Figure
from union_portal.base.money import exact, grouped, wan, whole

Digits = Callable[[int | Decimal], str]
# How the source's own word stands around a number.
AROUND = {"整": "整{}", "余": "{}余", "近": "近{}", "约": "约{}"}
WAN = 10_000
# Round numbers of 万 as they are said with such a word: 近十万, 百余万.
_SAID = {"10": "十", "100": "百", "1000": "千"}


def share(numerator: int | Decimal, denominator: int | Decimal) -> str:
    """Return a ratio as a percentage with one decimal; an empty text for a denominator of zero."""
    if not denominator:
        return ""
    return f"{(Decimal(numerator) * 100 / Decimal(denominator)).quantize(Decimal('0.1'), rounding=ROUND_HALF_UP)}%"


def around(number: str, word: str) -> str:
    """Return a number with the source's own word around it."""
    return AROUND.get(word, "{}").format(number)


def counted(number: int, word: str = "", *, digits: Digits = exact) -> str:
    """Return how many, with the source's own word: 近20, 2,020余, and from ten thousand on 6万余."""
    if word and number >= WAN and number % 1000 == 0:
        return around(wan(Decimal(number)) + "万", word)
    return around(digits(number), word)


def yuan(amount: Decimal, word: str = "", *, digits: Digits = exact) -> str:
    """Return an amount with its unit and the source's own word: 258500余元, 近十万元, 417余万元, 5000元整."""
    if word == "整":
        return f"{digits(amount)}元整"
    if word and amount >= WAN and amount % WAN == 0:
        return in_wan(amount, word)
    return f"{around(digits(amount), word)}元"


def in_wan(amount: Decimal, word: str = "", *, decimals: int = 2) -> str:
    """Return an amount in 万元 with the source's own word: 25.85万元, 417余万元, 近十万元, 3万余元."""
    number = wan(amount, decimals=decimals)
    if word in {"", "整"}:
        return f"{number}万元"
    if word == "余" and len(number) == 1:
        return f"{number}万余元"
    return f"{around(_SAID.get(number, number), word)}万元"


def rate(figure: Figure | Mapping[str, Any]) -> str:
    """Return a rate as the source gives it, else worked out of both sides; empty where neither is known."""
    told = figure.__dict__ if isinstance(figure, Figure) else figure
    if told.get("share") is not None:
        return around(f"{whole(Decimal(told['share']))}%", word_of(told, "share"))
    if told.get("numerator") is None or not told.get("denominator"):
        return ""
    return share(Decimal(told["numerator"]), Decimal(told["denominator"]))


def agrees(word: str, number: Decimal, counted: Decimal) -> bool:
    """Tell whether a number with such a word can be said of what was counted.

    余 means up to one unit more of its last digit, 近 less by at most a tenth, 约 within a twentieth either way.
    """
    if word == "余":
        last = next(Decimal(10) ** place for place in range(20, -3, -1) if not number % Decimal(10) ** place)
        return number <= counted < number + last
    if word == "近":
        return number * 9 <= counted * 10 and counted < number
    if word == "约":
        return abs(counted - number) * 20 <= number
    return number == counted


def word_of(told: Mapping[str, Any], measure: str) -> str:
    """Return the source's own word for a measure; a snapshot of before each had its own keeps one for all."""
    words: Mapping[str, str] = told.get("approximations") or {}
    return words.get(measure, "") or told.get("approximation") or ""


def measures(figure: Figure | Mapping[str, Any], *, digits: Digits = exact) -> list[str]:
    """Return what the figure measured, each with its unit: people, times, yuan; of a ratio its share and both sides.

    Takes a figure, or a figure as the report's snapshot keeps it; `digits` writes a number.
    """
    told = figure.__dict__ if isinstance(figure, Figure) else figure
    unit = told["unit"]
    if unit == "%":
        above, below = told["numerator"], told["denominator"]
        sides = f"（{digits(_side(above or 0))}/{digits(_side(below))}）" if below else ""
        return [f"{said}{sides}"] if (said := rate(told)) else []
    found = []
    if told["heads"] is not None:
        found.append(f"{counted(told['heads'], word_of(told, 'heads'), digits=digits)}人")
    if told["times"] is not None and told["times"] != told["heads"]:
        said = counted(told["times"], word_of(told, "times"), digits=digits)
        found.append(f"{said}{'次' if unit in {'人', '元'} else unit}")
    if told["amount"] is not None:
        found.append(yuan(Decimal(told["amount"]), word_of(told, "amount"), digits=digits))
    if told.get("denominator") is not None:
        found.append(f"基数{digits(_side(told['denominator']))}人")
    return found


def _side(number: int | Decimal | str) -> int | Decimal:
    """Return one side of a ratio, which the snapshot keeps as text when it is no whole number."""
    side = Decimal(number)
    return int(side) if side == int(side) else side


def written(figure: Figure | Mapping[str, Any], *, nothing: str = "—", digits: Digits = exact) -> str:
    """Return the figure's value in words; what was not recorded is its reason, or this."""
    told = figure.__dict__ if isinstance(figure, Figure) else figure
    return "，".join(measures(figure, digits=digits)) or told.get("reason") or nothing


def shown(figure: Figure | Mapping[str, Any]) -> str:
    """Return the figure's value as it stands on screen."""
    return written(figure, digits=grouped)
