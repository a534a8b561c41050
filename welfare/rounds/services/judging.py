"""Judges a whole round by the rules in force on its day, in a constant number of queries."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import (
    Case,
    Count,
    DecimalField,
    ExpressionWrapper,
    F,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from members.people.enums import PersonKind
from members.people.models import Person
from union_portal.base.money import grouped
from union_portal.base.sql import set_based
from welfare.benefits.models import BenefitRule
from welfare.grants.enums import GrantState, WarningCode
from welfare.grants.models import Grant, Round
from welfare.grants.services.caps import ZERO, counted, named
from welfare.grants.services.frequency import heads_too_often
from welfare.grants.services.layers import Asked, Layers, days_of, layers
from welfare.grants.services.objecting import Objection
from welfare.grants.services.verdicts import form_objections, share_objections
from welfare.grants.services.warnings import raise_warnings
from welfare.rounds.services.holding import day_of

_YUAN = DecimalField(max_digits=14, decimal_places=2)


@dataclass(frozen=True)
class Room:
    """What a cap leaves to a roster: what its people used at most before, how many of them the prices take over it."""

    cap: BenefitRule
    words: str
    most: Decimal
    over: int

    @property
    def left(self) -> Decimal:
        """How much everybody may still get (yuan)."""
        return max((self.cap.cap or ZERO) - self.most, ZERO)


def layers_of(round_: Round, *, on: dt.date | None = None) -> Layers:
    """Return the rules of all levels for the round on its day, or on the day that is tried."""
    return layers(Asked(benefit=round_.benefit, days=days_of(given=on or day_of(round_)), payer=round_.fund_id))


def rule_of(round_: Round, *, on: dt.date | None = None) -> BenefitRule | None:
    """Return the rule that proposes the round's price on its day, or on the day that is tried."""
    return layers_of(round_, on=on).own


@set_based()
def judge_round(held: Round) -> int:
    """Note on each grant which rule judged it and make the round's warnings say what the rules object to.

    Returns how many warnings wait for an answer.
    """
    day, found = day_of(held), layers_of(held)
    rule = found.own
    roster = held.grants.filter(state=GrantState.LISTED)
    # Judged again at every step up to the approval: only what changes is written.
    changed = ~Q(rule=rule) | Q(rule=None) if rule else Q(rule__isnull=False)
    roster.filter(changed).update(rule=rule)
    heads = roster.count()
    objections = [objection for cap in found.caps() for objection in _over_cap(held, cap, day.year)]
    objections += share_objections(found, on=day)
    if rule is None:
        words = f"{day} 没有有效的“{held.benefit}”标准"
        objections.append(Objection(WarningCode.NO_RULE, words, heads))
    objections += form_objections(found, held.benefit.form, heads=heads)
    on_it = roster.values("person")
    objections += [one for limited in found.limited() for one in heads_too_often(limited, on=day, people=on_it)]
    objections += _outside(held, found, day)
    return raise_warnings(objections=objections, round_=held)


def judge_anew(held: Round) -> None:
    """Judge a roster that has changed as soon as it has a price: what is objected to is seen before it is handed in."""
    if held.unit_price is not None:
        judge_round(held)


def rooms(
    *,
    round_: Round,
    price: Decimal | None = None,
    tiers: Mapping[str, Decimal] | None = None,
    on: dt.date | None = None,
) -> list[Room]:
    """Return what each cap leaves to the listed people at these prices (yuan), tier by tier where tiers differ.

    Without a price the amounts of the roster are taken as they stand, without a day the round's own: it names the
    year whose benefits count.
    """
    day = on or day_of(round_)
    roster = round_.grants.filter(state=GrantState.LISTED)
    price_of_all = Coalesce(F("amount"), Value(ZERO), output_field=_YUAN) if price is None else Value(price, _YUAN)
    by_tier = (When(tier=tier, then=Value(own, _YUAN)) for tier, own in (tiers or {}).items())
    prices = Case(*by_tier, default=price_of_all, output_field=_YUAN)
    found = []
    for cap in layers_of(round_, on=day).caps():
        others = _counted(round_, cap, day.year).exclude(round=round_, state=GrantState.LISTED)
        own = others.filter(person=OuterRef("person")).order_by().values("person").annotate(total=Sum("amount"))
        used = Coalesce(Subquery(own.values("total")), Value(ZERO), output_field=_YUAN)
        told = (
            roster.annotate(used=used, total=ExpressionWrapper(F("used") + prices, _YUAN))
            .order_by()
            .aggregate(most=Max("used"), over=Count("pk", filter=_beyond(cap)))
        )
        found.append(Room(cap, named(cap, benefit=round_.benefit), told["most"] or ZERO, told["over"]))
    return found


def _counted(held: Round, cap: BenefitRule, year: int) -> QuerySet[Grant]:
    return counted(cap, year=year, ground={"occasion": held.occasion_id})


def _over_cap(held: Round, cap: BenefitRule, year: int) -> list[Objection]:
    over = (
        _counted(held, cap, year)
        .filter(person__in=held.grants.filter(state=GrantState.LISTED).values("person"))
        .order_by()
        .values("person")
        .annotate(total=Sum("amount"))
        .filter(_beyond(cap))
    )
    sums = over.aggregate(heads=Count("person"), most=Max("total"))
    heads, most = sums["heads"], sums["most"] or ZERO
    if not heads:
        return []
    words = f"{heads:,} 人超出{named(cap, benefit=held.benefit)}，最高 {grouped(most)} 元：{cap.source}"
    return [Objection.by(cap, WarningCode.OVER_CAP, words, heads)]


def _beyond(cap: BenefitRule) -> Q:
    """Hold for totals that go over the cap."""
    return Q(total__gt=cap.cap) if cap.inclusive else Q(total__gte=cap.cap)


def _outside(held: Round, found: Layers, day: dt.date) -> list[Objection]:
    """Object to people on the roster whom the rules of a level and scope are not about."""
    by_scope: dict[tuple[object, ...], list[BenefitRule]] = {}
    for rule in found.rules:
        by_scope.setdefault((rule.level, rule.benefit_id, rule.category), []).append(rule)
    objections = []
    for rules in by_scope.values():
        kinds = {kind for rule in rules for kind in rule.population}
        if not kinds or not all(rule.population for rule in rules):
            continue
        strange = Person.objects.with_kind(on=day).exclude(kind_on__in=kinds)
        heads = held.grants.filter(state=GrantState.LISTED, person__in=strange.values("pk")).count()
        if heads:
            covered = "、".join(str(PersonKind(kind).label) for kind in sorted(kinds))
            words = f"{heads:,} 人不属于标准的适用人员（{covered}）：{rules[0].source}"
            objections.append(Objection.by(rules[0], WarningCode.NOT_COVERED, words, heads))
    return objections
