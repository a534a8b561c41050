"""What a standard pays: days, ratio or class, with the words that say how it was computed."""

import datetime as dt
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from union_portal.base.money import grouped
from welfare.claims.enums import DayCount, Formula
from welfare.claims.models import ClaimRule

_CENT, _NOTHING = Decimal("0.01"), Decimal("0.00")


@dataclass(frozen=True)
class Benefit:
    """Yuan that are due and how they were reckoned."""

    amount: Decimal
    words: str


def benefit(
    *,
    rule: ClaimRule,
    occurred_on: dt.date,
    ended_on: dt.date | None = None,
    base: Decimal | None = None,
    used: Decimal = _NOTHING,
    had_before: dt.date | None = None,
) -> Benefit:
    """Reckon what the standard pays for a stay or for costs, to the cent.

    `used` is what other claims of the cover's term come to, `had_before` the day of an earlier claim of the class.
    Nothing is due, and the words say so, while a day or the costs are missing.
    """
    if rule.first_only and had_before is not None:
        return Benefit(_NOTHING, f"该类别仅首次确诊给付，{had_before} 已申请过，本次不再给付")
    if rule.formula == Formula.PER_DAY:
        found = _per_day(rule, occurred_on, ended_on)
    elif rule.formula == Formula.RATIO:
        found = _ratio(rule, base)
    else:
        amount = rule.amount or _NOTHING
        found = Benefit(amount, f"{rule.grade or '定额'} {grouped(amount)} 元")
    left = found.amount if rule.period_cap is None else max(rule.period_cap - used, _NOTHING)
    if rule.period_cap is None or found.amount <= left:
        return found
    return Benefit(
        left,
        f"{found.words}；每个保障期上限 {grouped(rule.period_cap)} 元，已用 {grouped(used)} 元，"
        f"本次 {grouped(left)} 元",
    )


def _per_day(rule: ClaimRule, occurred_on: dt.date, ended_on: dt.date | None) -> Benefit:
    if ended_on is None:
        return Benefit(_NOTHING, "填写出院日期后核算")
    stay = (ended_on - occurred_on).days + (rule.counting == DayCount.INCLUSIVE)
    paid = max(stay - rule.free_days, 0)
    most = f"，最多 {rule.most_days} 天" if rule.most_days is not None and paid > rule.most_days else ""
    paid = min(paid, rule.most_days) if rule.most_days is not None else paid
    each = rule.amount or _NOTHING
    free = f"免赔 {rule.free_days} 天，" if rule.free_days else ""
    amount = (paid * each).quantize(_CENT, ROUND_HALF_UP)
    return Benefit(amount, f"住院 {stay} 天，{free}计 {paid} 天{most} × {grouped(each)} 元 = {grouped(amount)} 元")


def _ratio(rule: ClaimRule, base: Decimal | None) -> Benefit:
    if base is None:
        return Benefit(_NOTHING, "填写费用基数后核算")
    above, percent = max(base - rule.deductible, _NOTHING), rule.percent or _NOTHING
    amount = (above * percent / 100).quantize(_CENT, ROUND_HALF_UP)
    over = f"{grouped(base)} − 起付线 {grouped(rule.deductible)} = {grouped(above)} 元，" if rule.deductible else ""
    costs = "" if over else f"{grouped(base)} 元 "
    return Benefit(amount, f"{over}{costs}× {percent.normalize():f}% = {grouped(amount)} 元")
