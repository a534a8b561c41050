"""What the rules propose for a case that is told but not entered: benefit, form, amount, cap, what stands already."""

import datetime as dt
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.db.models import Q
from django.utils import timezone

from members.people.models import Person
from union_portal.base.encryption import blind_index
from union_portal.base.errors import DomainError
from welfare.benefits.enums import Category, Form
from welfare.benefits.models import Benefit, BenefitRule
from welfare.books.models import Fund
from welfare.cases.services.refusing import must_be_open, payers_of
from welfare.grants.enums import LIVING
from welfare.grants.models import Grant
from welfare.grants.services.layers import Layers
from welfare.grants.services.verdicts import Limit, Verdict, judge, layers_for, limits_of
from welfare.life_events.enums import EventKind
from welfare.life_events.models import LifeEvent
from welfare.life_events.services import similar_events, standing_event


@dataclass(frozen=True, kw_only=True)
class Told:
    """What the page tells of a case; what it leaves out the rules propose.

    `same_as` is the event that stands already under another day.
    """

    person: Person
    kind: str
    occurred_on: dt.date
    relation: str = ""
    ended_on: dt.date | None = None
    variant: str = ""
    benefit: Benefit | None = None
    form: str = ""
    amount: Decimal | None = None
    condition: str = ""
    payer: Fund | None = None
    granted_on: dt.date | None = None
    same_as: LifeEvent | None = None

    def event(self) -> LifeEvent:
        """Return the event as it is told, not saved."""
        told = LifeEvent(
            kind=self.kind,
            whose=self.person,
            relation=self.relation,
            occurred_on=self.occurred_on,
            ended_on=self.ended_on,
            variant=self.variant,
        )
        told.tell_condition(self.condition)
        told.condition_index = blind_index(told.condition)
        return told

    def fields(self) -> dict[str, Any]:
        """Return what a case takes from it besides the event."""
        return {
            "person": self.person,
            "benefit": self.benefit,
            "payer": self.payer,
            "relation": self.relation,
            "form": self.form,
            "amount": self.amount,
            "granted_on": self.granted_on or timezone.localdate(),
        }


def benefits_for(*, kind: str, relation: str) -> list[Benefit]:
    """Return what is given for such an event, the usual first: a relative's death is another benefit than one's own."""
    found = Benefit.objects.filter(event_kind=kind, active=True).select_related("account")
    if kind == EventKind.DEATH:
        kin = Q(category=Category.BEREAVEMENT)
        found = found.filter(kin if relation else ~kin)
    return list(found.order_by("pk"))


def settled(told: Told) -> Told:
    """Return it with its benefit, the usual one where none is told. Raises DomainError when there is none."""
    offered = benefits_for(kind=told.kind, relation=told.relation)
    if told.benefit is not None and told.benefit in offered:
        return told
    if told.benefit is not None and not told.benefit.event_kind:
        return told
    if not offered:
        raise DomainError("没有适用于这类事件的福利项目，请先在“福利项目”中设置。", field="kind")
    return replace(told, benefit=offered[0])


def forms_of(rule: BenefitRule | None) -> list[str]:
    """Return the forms that the rule lets choose, its own first; money for goods is a warning, goods for money none."""
    if rule is None or not rule.form:
        return list(Form.values)
    return [rule.form, *([Form.CASH] if rule.form in {Form.GOODS, Form.COUPON} else [])]


def settle_form(grant: Grant, *, found: Layers) -> list[Limit]:
    """Give the case the form and the amount of its rule where they are left out; return what the caps leave.

    Raises DomainError for a form that the rule does not provide, and where the rules close the case to the person.
    """
    rule, limits = found.own, limits_of(grant, found)
    grant.form = grant.form or (rule.form if rule is not None else "") or grant.benefit.form
    if rule is not None and grant.form not in forms_of(rule):
        words = f"标准规定发放{rule.get_form_display()}，不能改为{grant.get_form_display()}：{rule.source}"
        raise DomainError(words, field="form")
    if grant.amount is None and rule is not None and rule.standard is not None:
        left = min((limit.left for limit in limits), default=None)
        # What the strictest cap leaves is proposed; where it leaves nothing the standard stands, with its warning.
        grant.amount = min(rule.standard, left) if left else rule.standard
    must_be_open(grant=grant, found=found)
    return limits


@dataclass(frozen=True)
class Proposal:
    """How a case would be entered: `grant` is not saved. `refused` says why it cannot be, in words."""

    grant: Grant
    benefits: list[Benefit]
    rule: BenefitRule | None
    verdict: Verdict
    forms: list[str]
    variants: list[str]
    event: LifeEvent | None
    near: LifeEvent | None
    shared_with: list[Person]
    refused: str
    hint: str
    rules: tuple[BenefitRule, ...]
    payers: list[Fund]
    evidence: str

    @property
    def asks_condition(self) -> bool:
        """Whether the rules judge by the coded group of the illness."""
        return any(rule.same_condition_once for rule in self.rules)

    @property
    def left_after(self) -> Decimal | None:
        """What the cap leaves once this is given (yuan), never below nothing."""
        if self.verdict.left is None:
            return None
        return max(self.verdict.left - (self.grant.amount or Decimal(0)), Decimal(0))


def propose(*, told: Told, subject: Grant | None = None) -> Proposal:
    """Judge a case as it is told; `subject` is the case itself where it is filled in anew.

    Raises DomainError when there is no benefit for such an event.
    """
    told = settled(told)
    event = told.event()
    standing = told.same_as or standing_event(event=event)
    if subject is not None and subject.event is not None and standing == subject.event and told.same_as is None:
        event.pk, event.entered_at = subject.event.pk, subject.event.entered_at
    elif standing is not None:
        event = standing
    draft = Grant(pk=subject.pk if subject else None, event=event, **told.fields())
    found = layers_for(draft)
    refused, rule, limits = "", found.own, None
    try:
        limits = settle_form(draft, found=found)
    except DomainError as error:
        refused = str(error)
    others = Grant.objects.filter(event=event, state__in=LIVING) if event.pk else Grant.objects.none()
    others = others.exclude(pk=draft.pk).select_related("person")
    if others.filter(person=told.person, benefit=draft.benefit).exists():
        refused = f"{told.person.name}就此事件的{draft.benefit}已登记，不能重复登记。"
    near = None
    if standing is None or (subject is not None and standing == subject.event):
        mine = [subject.event_id] if subject is not None and subject.event_id else []
        near = similar_events(event=event).exclude(pk__in=mine).order_by("occurred_on").first()
    return Proposal(
        grant=draft,
        benefits=benefits_for(kind=told.kind, relation=told.relation),
        rule=rule,
        verdict=judge(grant=draft, found=found, limits=limits),
        forms=forms_of(rule),
        variants=_variants(draft.benefit),
        event=standing if subject is None or standing != subject.event else None,
        near=near,
        shared_with=[one.person for one in others if one.person_id != told.person.pk],
        refused=refused,
        hint=_hint(told),
        rules=found.rules,
        payers=payers_of(found),
        evidence=found.evidence,
    )


def _variants(benefit: Benefit) -> list[str]:
    """Return the variants that the school's rules tell apart."""
    rules = benefit.rules.in_force(on=timezone.localdate()).filter(example=False).exclude(variant="")
    return list(rules.order_by("variant").values_list("variant", flat=True).distinct())


def _hint(told: Told) -> str:
    """Say what the register does not know of it yet."""
    if told.relation:
        return ""
    if told.kind == EventKind.DEATH and told.person.died_on is None:
        return f"登记中{told.person.name}并未去世：若是亲属去世，请选择与本人关系；若是会员本人，请同时办理登记去世。"
    if told.kind == EventKind.RETIREMENT and told.person.retired_on is None:
        return f"登记中{told.person.name}还没有退休，请先办理退休。"
    if told.kind != EventKind.DEATH and told.person.died_on is not None:
        return f"{told.person.name}已于 {told.person.died_on} 去世，请核对。"
    return ""
