"""What counts under a cap, and what the caps are called."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.db.models import DateField, F, Q, QuerySet, Sum
from django.db.models.functions import Coalesce, TruncDate

from union_portal.base.money import grouped
from welfare.benefits.enums import CapBasis, DateBasis, Level
from welfare.benefits.models import Benefit, BenefitRule
from welfare.grants.models import Grant
from welfare.ledger.models import LedgerEntry

ZERO = Decimal("0.00")
HUNDRED = Decimal(100)
_DAYS = {
    DateBasis.EVENT: Coalesce("event__occurred_on", "granted_on"),
    DateBasis.END: Coalesce("event__ended_on", "event__occurred_on", "granted_on"),
    DateBasis.APPLICATION: Coalesce(TruncDate("event__entered_at"), F("granted_on"), output_field=DateField()),
}


def counted(cap: BenefitRule, *, year: int, ground: Mapping[str, Any]) -> QuerySet[Grant]:
    """Return the living grants that count under the cap: of the ground (occasion, event), or of the year."""
    grants = of_scope(cap, Grant.objects.living())
    if cap.cap_basis in {CapBasis.PER_EVENT, CapBasis.PER_DAY}:
        return grants.filter(**ground)
    return within(grants, cap, dt.date(year, 1, 1), dt.date(year, 12, 31))


def of_scope(rule: BenefitRule, grants: QuerySet[Grant]) -> QuerySet[Grant]:
    """Return those of the grants that a rule is about: of its item, of its category, or all; paid by whom it names."""
    if rule.payer_id is not None:
        grants = grants.filter(Q(payer=None) | Q(payer=rule.payer_id))
    if rule.cap_basis in {CapBasis.PER_CATEGORY_YEAR, CapBasis.INCOME_SHARE} and rule.benefit is not None:
        return grants.filter(benefit__category=rule.benefit.category)
    if rule.benefit_id is not None:
        return grants.filter(benefit=rule.benefit_id)
    return grants.filter(benefit__category=rule.category) if rule.category else grants


def within(grants: QuerySet[Grant], rule: BenefitRule, first: dt.date, last: dt.date) -> QuerySet[Grant]:
    """Return those of the grants whose day, by the rule's basis, is one of these."""
    if rule.date_basis == DateBasis.GIVEN:
        return grants.filter(granted_on__range=(first, last))
    return grants.alias(judged_on=_DAYS[DateBasis(rule.date_basis)]).filter(judged_on__range=(first, last))


def income_of(*, year: int) -> Decimal:
    """Return the year's union income in the ledger (yuan)."""
    entries = LedgerEntry.objects.filter(account__kind="income", occurred_on__year=year)
    return entries.aggregate(total=Sum("amount"))["total"] or ZERO


def named(cap: BenefitRule, *, benefit: Benefit) -> str:
    """Name the cap for a grant of the benefit, its level where it is not the school's, and whose rule it stands in."""
    level = "" if cap.level == Level.SCHOOL else f"{cap.get_level_display()}规定的"
    other = f"（见“{cap.scope}”标准）" if cap.benefit_id != benefit.pk else ""
    below = "" if cap.inclusive else "（不含）"
    return f"{level}{cap.get_cap_basis_display()}上限 {grouped(cap.cap or Decimal(0))} 元{below}{other}"


def over(cap: BenefitRule, total: Decimal) -> bool:
    """Whether the total (yuan) goes over the cap; one that must not be reached is gone over by reaching it."""
    bound = cap.cap or ZERO
    return total > bound or (total == bound and not cap.inclusive)
