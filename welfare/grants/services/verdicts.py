"""Which rule was in force on a day, what is left under its cap, and what it objects to."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet, Sum

from members.kin.enums import Relation
from welfare.benefits.enums import CapBasis, Form
from welfare.benefits.models import Benefit, BenefitRule
from welfare.grants.enums import WarningCode
from welfare.grants.models import Grant
from welfare.ledger.models import LedgerEntry
from welfare.life_events.models import LifeEvent

ZERO = Decimal("0.00")


@dataclass(frozen=True)
class Objection:
    """What a rule says against a grant or a round: how many people it concerns, in words."""

    code: WarningCode
    detail: str
    heads: int = 1
    rule: BenefitRule | None = None


@dataclass(frozen=True)
class Verdict:
    """How a rule judges one grant: the clause and its version, what was used and is left (yuan), the objections."""

    rule: BenefitRule | None
    used: Decimal
    left: Decimal | None
    objections: tuple[Objection, ...]

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


def given_before(*, rule: BenefitRule, year: int) -> QuerySet[Grant]:
    """Return the living grants of the year that count under the rule's cap."""
    grants = Grant.objects.living().filter(granted_on__year=year)
    if rule.cap_basis == CapBasis.PER_CATEGORY_YEAR:
        return grants.filter(benefit__category=rule.benefit.category)
    return grants.filter(benefit=rule.benefit_id)


def income_of(*, year: int) -> Decimal:
    """Return the year's union income in the ledger (yuan)."""
    entries = LedgerEntry.objects.filter(account__kind="income", occurred_on__year=year)
    return entries.aggregate(total=Sum("amount"))["total"] or ZERO


def rule_for(grant: Grant) -> BenefitRule | None:
    """Return the school's rule for a grant on its day."""
    variant = grant.event.variant if grant.event else ""
    return rule_in_force(benefit=grant.benefit, on=grant.granted_on, variant=variant, relation=grant.relation)


def judge(*, grant: Grant) -> Verdict:
    """Judge one grant, saved or not, by the rule in force on its day; it does not count as used itself."""
    rule = rule_for(grant)
    if rule is None:
        relation = f"适用于“{Relation(grant.relation).label}”" if grant.relation else "有效"
        words = f"{grant.granted_on} 没有{relation}的“{grant.benefit}”标准"
        return Verdict(None, ZERO, None, (Objection(WarningCode.NO_RULE, words),))
    before = given_before(rule=rule, year=grant.granted_on.year).filter(person=grant.person).exclude(pk=grant.pk)
    if rule.cap_basis == CapBasis.PER_EVENT:
        before = before.filter(event=grant.event) if grant.event else before.none()
    used = before.aggregate(total=Sum("amount"))["total"] or ZERO
    left = None if rule.cap is None or rule.cap_basis == CapBasis.INCOME_SHARE else max(rule.cap - used, ZERO)
    objections = [
        *form_objections(rule, grant.form, heads=1),
        *_over(rule, grant.amount, left),
        *_too_often(rule, grant),
        *_late(rule, grant.event),
    ]
    return Verdict(rule, used, left, tuple(objections))


def form_objections(rule: BenefitRule, form: str, *, heads: int) -> list[Objection]:
    """Return the objection to cash where the rule provides goods or a coupon (总工办发〔2017〕32号)."""
    if form != Form.CASH or rule.form in {Form.CASH, Form.SERVICE, Form.COVER}:
        return []
    words = f"标准规定发放{rule.get_form_display()}，而本次为现金：{rule.source}"
    return [Objection(WarningCode.CASH_FOR_GOODS, words[:300], heads, rule)]


def _over(rule: BenefitRule, amount: Decimal | None, left: Decimal | None) -> list[Objection]:
    if amount is None or left is None or amount <= left:
        return []
    basis = rule.get_cap_basis_display()
    words = f"本次 {amount:,.2f} 元，{basis}上限 {rule.cap:,.2f} 元，尚余 {left:,.2f} 元：{rule.source}"
    return [Objection(WarningCode.OVER_CAP, words[:300], 1, rule)]


def _too_often(rule: BenefitRule, grant: Grant) -> list[Objection]:
    if rule.times_per_year is None:
        return []
    same = {"person": grant.person, "benefit": rule.benefit_id, "granted_on__year": grant.granted_on.year}
    times = Grant.objects.living().filter(**same, supplements__isnull=True).exclude(pk=grant.pk).count()
    if times < rule.times_per_year:
        return []
    words = f"本年已享受 {times} 次，限 {rule.times_per_year} 次：{rule.source}"
    return [Objection(WarningCode.OVER_CAP, words[:300], 1, rule)]


def _late(rule: BenefitRule, event: LifeEvent | None) -> list[Objection]:
    if rule.claim_days is None or event is None:
        return []
    asked = event.entered_at.date()
    last = (event.ended_on or event.occurred_on) + dt.timedelta(days=rule.claim_days)
    if asked <= last:
        return []
    words = f"{asked} 申请，期限已于 {last} 截止：{rule.source}"
    return [Objection(WarningCode.LATE, words[:300], 1, rule)]
