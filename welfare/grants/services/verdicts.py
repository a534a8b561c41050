"""Which rule was in force on a day, what is left under its cap, and what it objects to."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Sum
from django.utils import timezone

from members.kin.enums import Relation
from union_portal.base.money import grouped
from welfare.benefits.enums import Form
from welfare.benefits.models import Benefit, BenefitRule
from welfare.grants.enums import WarningCode
from welfare.grants.models import Grant
from welfare.grants.services.caps import HUNDRED, ZERO, binding, counted, income_of, income_share, named
from welfare.life_events.models import LifeEvent


@dataclass(frozen=True)
class Objection:
    """What a rule says against a grant or a round: how many people it concerns, in words."""

    code: WarningCode
    detail: str
    heads: int = 1
    rule: BenefitRule | None = None


@dataclass(frozen=True)
class Verdict:
    """How the rules judge one grant: the clause and its version, the objections.

    What was used and is left (yuan) is told of `cap`, the rule whose cap leaves least.
    """

    rule: BenefitRule | None
    used: Decimal
    left: Decimal | None
    objections: tuple[Objection, ...]
    cap: BenefitRule | None = None

    @property
    def clause(self) -> str:
        """The clause the rule comes from."""
        return self.rule.source if self.rule else ""

    @property
    def version(self) -> dt.date | None:
        """The day the rule's version began."""
        return self.rule.valid_from if self.rule else None


def rule_in_force(*, benefit: Benefit, on: dt.date, variant: str = "", relation: str = "") -> BenefitRule | None:
    """Return the school's rule of the day: the variant's own, else the benefit's; examples never judge.

    A rule for certain relatives applies to no others.
    """
    rules = BenefitRule.objects.in_force(on=on).filter(benefit=benefit, example=False, variant__in={variant, ""})
    fitting = [rule for rule in rules if not rule.relations or not relation or relation in rule.relations]
    return next((rule for rule in sorted(fitting, key=lambda rule: rule.variant != variant)), None)


def rule_for(grant: Grant) -> BenefitRule | None:
    """Return the school's rule for a grant on its day."""
    variant = grant.event.variant if grant.event else ""
    return rule_in_force(benefit=grant.benefit, on=grant.granted_on, variant=variant, relation=grant.relation)


def judge(*, grant: Grant) -> Verdict:
    """Judge one grant, saved or not, by what is in force on its day; it does not count as used itself.

    What was used and is left is told of the cap that leaves least.
    """
    rule, year = rule_for(grant), grant.granted_on.year
    # An event that is only told, not saved, has no other grants.
    ground = {"event": grant.event.pk if grant.event else None, "occasion": grant.occasion}
    others = Grant.objects.filter(person=grant.person).exclude(pk=grant.pk)
    limits = []
    for cap in binding(rule=rule, benefit=grant.benefit, on=grant.granted_on):
        used = (counted(cap, year=year, ground=ground) & others).aggregate(total=Sum("amount"))["total"] or ZERO
        limits.append((max((cap.cap or ZERO) - used, ZERO), used, cap))
    objections = [objection for left, _used, cap in limits for objection in _over(cap, grant, left)]
    objections += share_objections(benefit=grant.benefit, on=grant.granted_on, more=grant)
    if rule is None:
        relation = f"适用于“{Relation(grant.relation).label}”" if grant.relation else "有效"
        words = f"{grant.granted_on} 没有{relation}的“{grant.benefit}”标准"
        objections.append(Objection(WarningCode.NO_RULE, words))
    else:
        objections += [
            *form_objections(rule, grant.form, heads=1),
            *_too_often(rule, grant),
            *_late(rule, grant.event),
        ]
    left, used, cap_rule = min(limits, key=lambda limit: limit[0], default=(None, ZERO, None))
    return Verdict(rule, used, left, tuple(objections), cap_rule)


def share_objections(*, benefit: Benefit, on: dt.date, more: Grant | None = None) -> list[Objection]:
    """Compare the category's total of the year with its share of the year's income; unknown income says nothing.

    `more` is a grant that counts although it may not be saved yet.
    """
    rule = income_share(benefit=benefit, on=on)
    income = income_of(year=on.year) if rule is not None else ZERO
    if rule is None or not income:
        return []
    grants = Grant.objects.living().filter(benefit__category=benefit.category, granted_on__year=on.year)
    if more is not None:
        grants = grants.exclude(pk=more.pk)
    total = (grants.aggregate(total=Sum("amount"))["total"] or ZERO) + ((more.amount if more else None) or ZERO)
    share = total * HUNDRED / income
    if share <= (rule.cap or ZERO):
        return []
    words = f"本年 {grouped(total)} 元，占工会经费收入 {share:.1f}%，上限 {rule.cap:.1f}%：{rule.source}"
    return [Objection(WarningCode.OVER_SHARE, words[:300], 1, rule)]


def form_objections(rule: BenefitRule, form: str, *, heads: int) -> list[Objection]:
    """Return the objection to cash where the rule provides goods or a coupon (总工办发〔2017〕32号)."""
    if form != Form.CASH or rule.form in {Form.CASH, Form.SERVICE, Form.COVER}:
        return []
    words = f"标准规定发放{rule.get_form_display()}，而本次为现金：{rule.source}"
    return [Objection(WarningCode.CASH_FOR_GOODS, words[:300], heads, rule)]


def _over(cap: BenefitRule, grant: Grant, left: Decimal) -> list[Objection]:
    if grant.amount is None or grant.amount <= left:
        return []
    words = (
        f"本次 {grouped(grant.amount)} 元，{named(cap, benefit=grant.benefit)}，尚余 {grouped(left)} 元：{cap.source}"
    )
    return [Objection(WarningCode.OVER_CAP, words[:300], 1, cap)]


def _too_often(rule: BenefitRule, grant: Grant) -> list[Objection]:
    if rule.times_per_year is None:
        return []
    same = {"person": grant.person, "benefit": rule.benefit_id, "granted_on__year": grant.granted_on.year}
    times = Grant.objects.living().filter(**same, supplements__isnull=True).exclude(pk=grant.pk).count()
    if times < rule.times_per_year:
        return []
    words = f"本年已享受 {times} 次，限 {rule.times_per_year} 次：{rule.source}"
    return [Objection(WarningCode.TOO_OFTEN, words[:300], 1, rule)]


def _late(rule: BenefitRule, event: LifeEvent | None) -> list[Objection]:
    if rule.claim_days is None or event is None:
        return []
    asked = timezone.localdate(event.entered_at) if event.entered_at else timezone.localdate()
    last = (event.ended_on or event.occurred_on) + dt.timedelta(days=rule.claim_days)
    if asked <= last:
        return []
    words = f"{asked} 申请，期限已于 {last} 截止：{rule.source}"
    return [Objection(WarningCode.LATE, words[:300], 1, rule)]
