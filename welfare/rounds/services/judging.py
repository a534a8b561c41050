"""Judges a whole round by the rule in force on its day, in a constant number of queries."""

from decimal import Decimal

from django.db.models import Count, Max, Q, Sum

from union_portal.base.sql import set_based
from welfare.benefits.enums import CapBasis
from welfare.benefits.models import BenefitRule
from welfare.grants.enums import LIVING, GrantState, WarningCode
from welfare.grants.models import Grant, Round
from welfare.grants.services.verdicts import ZERO, Objection, form_objections, given_before, income_of, rule_in_force
from welfare.grants.services.warnings import raise_warnings
from welfare.rounds.services.roster import day_of

HUNDRED = Decimal(100)


@set_based()
def judge_round(held: Round) -> int:
    """Note on each grant which rule judged it and make the round's warnings say what it objects to.

    Returns how many warnings wait for an answer.
    """
    day = day_of(held)
    rule = rule_in_force(benefit=held.benefit, on=day)
    roster = held.grants.filter(state=GrantState.LISTED)
    # Judged again at every step up to the approval: only what changes is written.
    changed = ~Q(rule=rule) | Q(rule=None) if rule else Q(rule__isnull=False)
    roster.filter(changed).update(rule=rule)
    heads = roster.count()
    if rule is None:
        words = f"{day} 没有有效的“{held.benefit}”标准"
        return raise_warnings(objections=[Objection(WarningCode.NO_RULE, words, heads)], round_=held)
    objections = [
        *form_objections(rule, held.benefit.form, heads=heads),
        *_over_cap(held, rule, day.year),
        *_too_often(held, rule, day.year),
    ]
    return raise_warnings(objections=objections, round_=held)


def _over_cap(held: Round, rule: BenefitRule, year: int) -> list[Objection]:
    if rule.cap is None:
        return []
    if rule.cap_basis == CapBasis.INCOME_SHARE:
        return _over_income_share(rule, year)
    grants = given_before(rule=rule, year=year)
    if rule.cap_basis == CapBasis.PER_EVENT:
        grants = Grant.objects.living().filter(benefit=held.benefit_id, occasion=held.occasion_id)
    over = (
        grants.filter(person__in=held.grants.filter(state=GrantState.LISTED).values("person"))
        .order_by()
        .values("person")
        .annotate(total=Sum("amount"))
        .filter(total__gt=rule.cap)
    )
    sums = over.aggregate(heads=Count("person"), most=Max("total"))
    heads, most = sums["heads"], sums["most"] or ZERO
    if not heads:
        return []
    words = "{heads} 人超出{basis} {cap} 元的上限，最高 {most} 元：{clause}".format(
        heads=heads,
        cap=f"{rule.cap:,.2f}",
        basis=rule.get_cap_basis_display(),
        most=f"{most:,.2f}",
        clause=rule.source,
    )
    return [Objection(WarningCode.OVER_CAP, words[:300], heads, rule)]


def _over_income_share(rule: BenefitRule, year: int) -> list[Objection]:
    """Compare the category's total of the year with its share of the year's income; unknown income says nothing."""
    income = income_of(year=year)
    if not income or rule.cap is None:
        return []
    grants = Grant.objects.filter(state__in=LIVING, benefit__category=rule.benefit.category, granted_on__year=year)
    total = grants.aggregate(total=Sum("amount"))["total"] or ZERO
    share = total * HUNDRED / income
    if share <= rule.cap:
        return []
    words = "本年 {total} 元，占工会经费收入 {share}%，上限 {cap}%：{clause}".format(
        total=f"{total:,.2f}",
        share=f"{share:.1f}",
        cap=f"{rule.cap:.1f}",
        clause=rule.source,
    )
    return [Objection(WarningCode.OVER_CAP, words[:300], 1, rule)]


def _too_often(held: Round, rule: BenefitRule, year: int) -> list[Objection]:
    if rule.times_per_year is None:
        return []
    heads = (
        Grant.objects.living()
        .filter(benefit=held.benefit_id, granted_on__year=year, supplements__isnull=True)
        .filter(person__in=held.grants.filter(state=GrantState.LISTED).values("person"))
        .order_by()
        .values("person")
        .annotate(times=Count("pk"))
        .filter(times__gt=rule.times_per_year)
        .count()
    )
    if not heads:
        return []
    words = f"{heads} 人本年超过 {rule.times_per_year} 次：{rule.source}"
    return [Objection(WarningCode.OVER_CAP, words[:300], heads, rule)]
