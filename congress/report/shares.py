"""Shares in per cent that add up to 100.0."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

_TENTHS = 1000


def shares(counts: Sequence[int]) -> list[Decimal]:
    """Return each count's share in per cent with one decimal; together exactly 100.0, or 0.0 each of nothing.

    Largest remainder: every share is cut off, the tenths left over go to the largest remainders, the first of equals.
    """
    total = sum(counts)
    if not total:
        return [Decimal("0.0") for _count in counts]
    tenths = [count * _TENTHS // total for count in counts]
    by_remainder = sorted(range(len(counts)), key=lambda place: (-(counts[place] * _TENTHS % total), place))
    for place in by_remainder[: _TENTHS - sum(tenths)]:
        tenths[place] += 1
    return [Decimal(one).scaleb(-1) for one in tenths]


def percent(part: int, whole: int) -> str:
    """Return a ratio in per cent with one decimal, rounded half up; a dash where there is nothing to divide by."""
    if not whole:
        return "—"
    return f"{(Decimal(part) * 100 / Decimal(whole)).quantize(Decimal('0.1'), rounding=ROUND_HALF_UP)}%"
