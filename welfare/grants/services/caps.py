"""Which caps bind a grant on a day, whichever item's rule they stand in, and what counts under each."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet, Sum

from union_portal.base.money import grouped
from welfare.benefits.enums import CapBasis
from welfare.benefits.models import Benefit, BenefitRule
from welfare.grants.models import Grant
from welfare.ledger.models import LedgerEntry

ZERO = Decimal("0.00")
HUNDRED = Decimal(100)
_OWN = {CapBasis.PER_EVENT, CapBasis.PER_YEAR}


def binding(*, rule: BenefitRule | None, benefit: Benefit, on: dt.date) -> list[BenefitRule]:
    """Return the rules whose caps (yuan a person) bind a grant of the benefit: its own, and the category's strictest.

    A cap over the category binds all its items, also those whose own rule has no cap or that have no rule.
    """
    own = [rule] if rule is not None and rule.cap is not None and rule.cap_basis in _OWN else []
    shared = _strictest(benefit, on, CapBasis.PER_CATEGORY_YEAR)
    return [*own, shared] if shared is not None else own


def income_share(*, benefit: Benefit, on: dt.date) -> BenefitRule | None:
    """Return the rule that holds the category's spending to the smallest share of the year's income."""
    return _strictest(benefit, on, CapBasis.INCOME_SHARE)


def _strictest(benefit: Benefit, on: dt.date, basis: CapBasis) -> BenefitRule | None:
    rules = BenefitRule.objects.in_force(on=on).filter(
        example=False, benefit__category=benefit.category, cap_basis=basis, cap__isnull=False
    )
    return rules.select_related("benefit").order_by("cap", "pk").first()


def counted(cap: BenefitRule, *, year: int, ground: Mapping[str, Any]) -> QuerySet[Grant]:
    """Return the living grants that count under the cap: of the ground (occasion, event), or of the year."""
    grants = Grant.objects.living()
    if cap.cap_basis == CapBasis.PER_EVENT:
        return grants.filter(benefit=cap.benefit_id, **ground)
    if cap.cap_basis == CapBasis.PER_YEAR:
        return grants.filter(benefit=cap.benefit_id, granted_on__year=year)
    return grants.filter(benefit__category=cap.benefit.category, granted_on__year=year)


def income_of(*, year: int) -> Decimal:
    """Return the year's union income in the ledger (yuan)."""
    entries = LedgerEntry.objects.filter(account__kind="income", occurred_on__year=year)
    return entries.aggregate(total=Sum("amount"))["total"] or ZERO


def named(cap: BenefitRule, *, benefit: Benefit) -> str:
    """Name the cap for a grant of the benefit, and the item whose rule it stands in where that is another one."""
    other = f"（见“{cap.benefit}”标准）" if cap.benefit_id != benefit.pk else ""
    return f"{cap.get_cap_basis_display()}上限 {grouped(cap.cap or Decimal(0))} 元{other}"
