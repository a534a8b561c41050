"""How often a benefit is given, by the rule that says so."""

import datetime as dt
from typing import Any

from django.db.models import Count, QuerySet

from union_portal.base.periods import years_before
from welfare.benefits.models import BenefitRule
from welfare.grants.enums import WarningCode
from welfare.grants.models import Grant
from welfare.grants.services.caps import of_scope, within
from welfare.grants.services.objecting import Objection


def window(rule: BenefitRule, on: dt.date) -> tuple[dt.date, dt.date]:
    """Return the days in which a rule counts: the calendar year, the last so many years, or a whole life."""
    if rule.per_years == 0:
        return dt.date.min, dt.date.max
    if rule.per_years == 1:
        return dt.date(on.year, 1, 1), dt.date(on.year, 12, 31)
    before = years_before(on, rule.per_years)
    return before + dt.timedelta(days=1), years_before(on, -rule.per_years) - dt.timedelta(days=1)


def span(rule: BenefitRule) -> str:
    """Name the span in words."""
    return {0: "一生", 1: "本年"}.get(rule.per_years, f"{rule.per_years} 年内")


def times_within(rule: BenefitRule, *, on: dt.date, grants: Any = None) -> QuerySet[Grant]:
    """Return the living grants of the rule's item in its span around the day; supplements are no further time."""
    living = of_scope(rule, (Grant.objects.all() if grants is None else grants).living())
    return within(living.filter(supplements__isnull=True), rule, *window(rule, on))


def too_often(rule: BenefitRule, *, others: QuerySet[Grant], on: dt.date) -> list[Objection]:
    """Object to one more grant where the rule's number of times is reached; names the last day it was given."""
    found = times_within(rule, on=on, grants=others).order_by("-granted_on").values_list("granted_on", flat=True)
    times = len(found)
    if rule.times is None or times < rule.times:
        return []
    last = f"（最近一次 {found[0]}）" if times else ""
    words = f"{span(rule)}已享受 {times} 次{last}，限 {rule.times} 次：{rule.source}"
    return [Objection.by(rule, WarningCode.TOO_OFTEN, words)]


def heads_too_often(rule: BenefitRule, *, on: dt.date, people: Any) -> list[Objection]:
    """Object to a roster some of whose people are given it more often than the rule lets; the roster counts."""
    again = (
        times_within(rule, on=on)
        .filter(person__in=people)
        .order_by()
        .values("person")
        .annotate(n=Count("pk"))
        .filter(n__gt=rule.times or 0)
    )
    heads = again.count()
    if not heads:
        return []
    words = f"{heads:,} 人{span(rule)}超过 {rule.times} 次：{rule.source}"
    return [Objection.by(rule, WarningCode.TOO_OFTEN, words, heads)]
