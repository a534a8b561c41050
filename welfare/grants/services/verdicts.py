"""Which rules were in force on a day, what is left under their caps, and what they object to."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet, Sum
from django.utils import timezone

from members.kin.enums import Relation
from members.memberships.models import Membership
from members.people.enums import PersonKind
from members.people.models import Person
from union_portal.base.money import grouped
from welfare.benefits.enums import CapBasis, Level, Severity
from welfare.benefits.models import BenefitRule
from welfare.grants.enums import WarningCode
from welfare.grants.models import Grant
from welfare.grants.services.caps import HUNDRED, ZERO, counted, income_of, named, over
from welfare.grants.services.frequency import too_often
from welfare.grants.services.layers import Asked, Layers, days_of, layers, strictest_level
from welfare.grants.services.objecting import Objection
from welfare.grants.services.terms import late, until
from welfare.workdays.services import Term

# From here on the page says that a cap comes near.
NEAR = Decimal("0.8")


@dataclass(frozen=True)
class Verdict:
    """How the rules judge one grant: the clause and its version, the objections.

    What was used and is left (yuan) is told of `cap`, the rule whose cap leaves least. `notes` are worth saying and
    need no answer; `until` is the last day to apply.
    """

    rule: BenefitRule | None
    used: Decimal
    left: Decimal | None
    objections: tuple[Objection, ...]
    cap: BenefitRule | None = None
    notes: tuple[str, ...] = ()
    until: Term | None = None

    @property
    def days_left(self) -> int:
        """How many days remain to apply, today not counted; less than none once the term is past."""
        return (self.until.day - timezone.localdate()).days if self.until is not None else 0

    @property
    def clause(self) -> str:
        """The clause the rule comes from."""
        return self.rule.source if self.rule else ""

    @property
    def version(self) -> dt.date | None:
        """The day the rule's version began."""
        return self.rule.valid_from if self.rule else None


def layers_for(grant: Grant) -> Layers:
    """Return the rules that apply to a grant, saved or not."""
    event = grant.event
    return layers(
        Asked(
            benefit=grant.benefit,
            days=days_of(given=grant.granted_on, event=event),
            variant=event.variant if event else "",
            relation=grant.relation,
            kind=_kind(grant),
            payer=grant.payer_id,
        )
    )


def _kind(grant: Grant) -> str:
    """Return who the person is on the day: in service, retired …"""
    person: Person | None = getattr(grant, "person", None)
    if person is None:
        return ""
    own = person.kind in {PersonKind.STAFF, PersonKind.RETIREE} and person.retired_on is not None
    if not own or person.retired_on is None:
        return str(person.kind)
    return PersonKind.RETIREE if person.retired_on < grant.granted_on else PersonKind.STAFF


@dataclass(frozen=True)
class Limit:
    """What a cap leaves a grant (yuan), and what was used of it by others."""

    left: Decimal
    used: Decimal
    cap: BenefitRule


def limits_of(grant: Grant, found: Layers) -> list[Limit]:
    """Return what each cap that binds leaves, whatever the grant's amount: one query a cap."""
    event = grant.event
    # An event that is only told, not saved, has no other grants.
    ground = {"event": event.pk if event else None, "occasion": grant.occasion}
    others = _others(grant)
    limits = []
    for cap in found.caps():
        year = found.asked.days[cap.date_basis].year
        used = (counted(cap, year=year, ground=ground) & others).aggregate(total=Sum("amount"))["total"] or ZERO
        limits.append(Limit(max(_bound(cap, grant) - used, ZERO), used, cap))
    return limits


def _others(grant: Grant) -> QuerySet[Grant]:
    return Grant.objects.filter(person=grant.person).exclude(pk=grant.pk)


def judge(*, grant: Grant, found: Layers | None = None, limits: list[Limit] | None = None) -> Verdict:
    """Judge one grant, saved or not, by what is in force on its days; it does not count as used itself.

    What was used and is left is told of the cap that leaves least. Whoever has found the layers and what their caps
    leave already hands them in.
    """
    found = found or layers_for(grant)
    limits = limits_of(grant, found) if limits is None else limits
    rule = found.own
    objections = [objection for limit in limits for objection in _over(limit, grant)]
    objections += share_objections(found, on=grant.granted_on, more=grant)
    if rule is None:
        objections.append(Objection(WarningCode.NO_RULE, _no_rule(found, grant)))
    objections += [*form_objections(found, grant.form, heads=1), *not_covered(found)]
    objections += [
        objection
        for limited in found.limited()
        for objection in too_often(limited, others=_others(grant), on=found.asked.days[limited.date_basis])
    ]
    objections += [*late(rule, grant, found.asked.days), *_no_member(grant)]
    least = min(limits, key=lambda limit: limit.left, default=None)
    binding = tuple(one for one in objections if one.severity != Severity.NOTE)
    notes = (*(one.detail for one in objections if one.severity == Severity.NOTE), *_near(limits, grant))
    last = until(rule, found.asked.days) if grant.event is not None else None
    if least is None:
        return Verdict(rule, ZERO, None, binding, None, notes, last)
    return Verdict(rule, least.used, least.left, binding, least.cap, notes, last)


def _bound(cap: BenefitRule, grant: Grant) -> Decimal:
    """Return how much the cap lets a grant be (yuan); one by the day takes the days of the event."""
    bound = cap.cap or ZERO
    event = grant.event
    if cap.cap_basis != CapBasis.PER_DAY or event is None or event.ended_on is None:
        return bound
    return bound * max((event.ended_on - event.occurred_on).days, 1)


def _no_rule(found: Layers, grant: Grant) -> str:
    """Say that no rule covers it, and whom those of the benefit are about."""
    mine = [rule for rule in found.outside if rule.benefit_id == grant.benefit.pk]
    relations = sorted({one for rule in mine for one in rule.relations}, key=Relation.values.index)
    if grant.relation and relations:
        covered = "、".join(str(Relation(one).label) for one in relations)
        return f"“{grant.benefit}”标准只适用于{covered}，不适用于{Relation(grant.relation).label}"
    return f"{grant.granted_on} 没有有效的“{grant.benefit}”标准"


def not_covered(found: Layers) -> list[Objection]:
    """Object to a person whom a rule is not about: a retired one where the payer's rule is for those in service."""
    rule = min(found.strangers(), key=strictest_level, default=None)
    if rule is None:
        return []
    covered = "、".join(str(PersonKind(one).label) for one in rule.population)
    from_it = f"从{rule.payer}列支" if rule.payer is not None else f"“{rule.scope}”"
    words = f"{from_it}只适用于{covered}，本人为{PersonKind(found.asked.kind).label}：{rule.source}"
    return [Objection.by(rule, WarningCode.NOT_COVERED, words)]


def _no_member(grant: Grant) -> list[Objection]:
    """Object to somebody who was no member on the day it happened, where the item is for members alone."""
    event = grant.event
    if event is None or grant.benefit.non_members:
        return []
    if Membership.objects.in_force(on=event.occurred_on).filter(person=grant.person_id).exists():
        return []
    words = f"{grant.person.name}在 {event.occurred_on} 不是会员，“{grant.benefit}”只发给会员"
    return [Objection(WarningCode.NOT_A_MEMBER, words)]


def share_objections(found: Layers, *, on: dt.date, more: Grant | None = None) -> list[Objection]:
    """Compare the category's total of the year with its share of the year's income; unknown income says nothing.

    `more` is a grant that counts although it may not be saved yet.
    """
    rule = found.share()
    income = income_of(year=on.year) if rule is not None else ZERO
    if rule is None or not income:
        return []
    grants = Grant.objects.living().filter(benefit__category=found.asked.benefit.category, granted_on__year=on.year)
    if more is not None:
        grants = grants.exclude(pk=more.pk)
    total = (grants.aggregate(total=Sum("amount"))["total"] or ZERO) + ((more.amount if more else None) or ZERO)
    share = total * HUNDRED / income
    if share <= (rule.cap or ZERO):
        return []
    words = f"本年 {grouped(total)} 元，占工会经费收入 {share:.1f}%，上限 {rule.cap:.1f}%：{rule.source}"
    return [Objection.by(rule, WarningCode.OVER_SHARE, words)]


def form_objections(found: Layers, form: str, *, heads: int) -> list[Objection]:
    """Return the objection to cash where the rule provides goods or a coupon (总工办发〔2017〕32号)."""
    rule = found.against(form)
    if rule is None:
        return []
    whose = "标准" if rule.level == Level.SCHOOL else f"{rule.get_level_display()}标准"
    words = f"{whose}规定发放{rule.get_form_display()}，而本次为现金：{rule.source}"
    return [Objection.by(rule, WarningCode.CASH_FOR_GOODS, words, heads)]


def _over(limit: Limit, grant: Grant) -> list[Objection]:
    cap, left = limit.cap, limit.left
    if grant.amount is None or (grant.amount <= left and not over(cap, limit.used + grant.amount)):
        return []
    words = (
        f"本次 {grouped(grant.amount)} 元，{named(cap, benefit=grant.benefit)}，尚余 {grouped(left)} 元：{cap.source}"
    )
    return [Objection.by(cap, WarningCode.OVER_CAP, words)]


def _near(limits: list[Limit], grant: Grant) -> list[str]:
    """Say which caps come near with this grant: four fifths used, nothing over."""
    if grant.amount is None:
        return []
    words = []
    for limit in limits:
        cap, total = limit.cap, limit.used + grant.amount
        near = total >= (limit.left + limit.used) * NEAR
        if cap.cap_basis != CapBasis.PER_EVENT and grant.amount <= limit.left and near:
            words.append(f"{named(cap, benefit=grant.benefit)}，本次后已用 {grouped(total)} 元，接近上限")
    return words
