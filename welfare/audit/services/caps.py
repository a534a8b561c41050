"""What was given beyond the standards although no second person confirmed it."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Sum, Window
from django.db.models.functions import Coalesce

from members.people.enums import OWN, PersonKind
from union_portal.base.money import grouped
from union_portal.base.sql import among
from welfare.audit.services.matters import ON_PAPER, Matter, decided_in, in_year, of_grants
from welfare.benefits.enums import CapBasis, Form, Severity
from welfare.benefits.models import BenefitRule
from welfare.grants.enums import WarningCode
from welfare.grants.models import Grant, RuleWarning
from welfare.grants.services.caps import income_of, named, of_scope, over, within

_YEARLY = (CapBasis.PER_YEAR, CapBasis.PER_CATEGORY_YEAR)
_BY_EVENT = ("person", "event", "occasion")


def unconfirmed(rows: "QuerySet[Grant]", code: WarningCode) -> "QuerySet[Grant]":
    """Leave out what a second person confirmed: the warning of the grant or of its round, or the paper."""
    settled = RuleWarning.objects.filter(code=code, confirmed_by__isnull=False)
    rows = rows.exclude(Exists(settled.filter(grant=OuterRef("pk"))))
    return rows.exclude(Exists(settled.filter(round=OuterRef("round")))).exclude(ON_PAPER)


def of_kinds(rows: "QuerySet[Grant]", kinds: list[str]) -> "QuerySet[Grant]":
    """Leave those whose person was of one of the kinds on the day: for a round when it was listed."""
    own = Q(person__kind__in=OWN)
    fits = Q(person__kind__in=[kind for kind in kinds if kind not in OWN])
    if PersonKind.STAFF in kinds:
        fits |= own & (Q(person__retired_on=None) | Q(person__retired_on__gte=F("listed_on")))
    if PersonKind.RETIREE in kinds:
        fits |= own & Q(person__retired_on__lt=F("listed_on"))
    return rows.alias(listed_on=Coalesce("round__cut_off_on", "granted_on")).filter(fits)


def over_cap(year: int) -> list[Matter]:
    """Return the grants with which a cap in force was gone over, by all levels of standards, and shares of income."""
    found: dict[int, BenefitRule] = {}
    for rule in _rules(year).filter(cap__isnull=False).exclude(cap_basis=CapBasis.PER_DAY):
        if rule.cap_basis != CapBasis.INCOME_SHARE:
            found |= dict.fromkeys(_beyond(rule, year), rule)

    def words(grant: Grant) -> str:
        rule = found[grant.pk]
        return f"超过{named(rule, benefit=grant.benefit)}，没有另一人确认的说明：{rule.source}"

    return [*of_grants(found, words), *_shares(year)]


def _rules(year: int) -> "QuerySet[BenefitRule]":
    first, last = in_year(year)
    lasting = Q(valid_to__isnull=True) | Q(valid_to__gte=first)
    rules: QuerySet[BenefitRule] = BenefitRule.objects.filter(lasting, valid_from__lte=last, example=False)
    return rules.exclude(severity=Severity.NOTE).select_related("benefit", "payer").order_by("pk")


def _beyond(rule: BenefitRule, year: int) -> list[int]:
    """Return the keys of the year's grants with which the sum under the cap went over it, while the rule held."""
    first, last = in_year(year)
    rows = within(of_scope(rule, Grant.objects.filter(pk__in=decided_in(year).values("pk"))), rule, first, last)
    rows = _narrowed(rows, rule).filter(amount__isnull=False).order_by()
    by = ("person",) if rule.cap_basis in _YEARLY else _BY_EVENT
    so_far = Window(Sum("amount"), partition_by=[F(name) for name in by], order_by=["granted_on", "pk"])
    bound = {"so_far__gt" if rule.inclusive else "so_far__gte": rule.cap}
    keys = rows.annotate(so_far=so_far).filter(**bound).values_list("pk", flat=True)
    held = within(Grant.objects.filter(among("id", list(keys))), rule, rule.valid_from, rule.valid_to or dt.date.max)
    return list(unconfirmed(held, WarningCode.OVER_CAP).values_list("pk", flat=True))


def _narrowed(rows: "QuerySet[Grant]", rule: BenefitRule) -> "QuerySet[Grant]":
    """Leave those of the relatives, people and cases that the rule is about."""
    if rule.variant:
        rows = rows.filter(event__variant=rule.variant)
    else:
        special = BenefitRule.objects.filter(
            benefit=rule.benefit_id, category=rule.category, level=rule.level, cap_basis=rule.cap_basis, example=False
        )
        variants = special.exclude(variant="").values_list("variant", flat=True)
        rows = rows.exclude(event__variant__in=list(variants))
    if rule.relations:
        rows = rows.filter(Q(relation="") | Q(relation__in=rule.relations))
    return of_kinds(rows, rule.population) if rule.population else rows


def _shares(year: int) -> Iterator[Matter]:
    """Yield the rules by which a category took more than its share of the year's income."""
    income = income_of(year=year)
    for rule in _rules(year).filter(cap_basis=CapBasis.INCOME_SHARE, cap__isnull=False) if income else ():
        rows = of_scope(rule, decided_in(year))
        total: Decimal = rows.aggregate(total=Sum("amount"))["total"] or Decimal(0)
        settled = RuleWarning.objects.filter(
            rule=rule, code=WarningCode.OVER_SHARE, raised_at__year=year, confirmed_by__isnull=False
        )
        if over(rule, total * 100 / income) and not settled.exists():
            share = f"占工会经费收入 {total * 100 / income:.1f}%，上限 {rule.cap:.1f}%"
            yield Matter(
                on=in_year(year)[1],
                about=f"{year} 年{rule.scope}合计 {grouped(total)} 元",
                words=f"{share}，没有另一人确认的说明：{rule.source}",
                amount=total,
                model="benefitrule",
                pk=rule.pk,
            )


def cash_for_goods(year: int) -> list[Matter]:
    """Return what was given in money although a standard in force provides goods or coupons."""
    rules: Any = BenefitRule.objects.filter(
        Q(benefit=OuterRef("benefit")) | Q(benefit=None, category=OuterRef("benefit__category")),
        Q(valid_to__isnull=True) | Q(valid_to__gte=OuterRef("granted_on")),
        valid_from__lte=OuterRef("granted_on"),
        form__in=(Form.GOODS, Form.COUPON),
        example=False,
        population=[],
    )
    said = Exists(rules.filter(variant=""))
    rows = decided_in(year).filter(Q(rule__form__in=(Form.GOODS, Form.COUPON)) | said, form=Form.CASH)
    wrong = unconfirmed(rows, WarningCode.CASH_FOR_GOODS)
    return of_grants(wrong, lambda grant: f"“{grant.benefit}”的标准规定发放实物或提货券，而发了现金，没有另一人确认")
