"""Which rules of which level apply to what is given, by the days that each of them goes by."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q
from django.utils import timezone

from welfare.benefits.enums import CapBasis, DateBasis, Form, Level, Severity
from welfare.benefits.models import Benefit, BenefitRule
from welfare.life_events.models import LifeEvent

_RANK = {level: place for place, level in enumerate(Level)}
_WEIGHT = {severity: place for place, severity in enumerate(Severity)}
_SHARED = (CapBasis.PER_CATEGORY_YEAR, CapBasis.INCOME_SHARE)
# What a cap counts together: the same ground, the same year.
_YEARS = {CapBasis.PER_YEAR, CapBasis.PER_CATEGORY_YEAR}


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What is judged: the benefit, the day by each basis, and what narrows a rule down."""

    benefit: Benefit
    days: Mapping[str, dt.date]
    variant: str = ""
    relation: str = ""
    kind: str = ""
    payer: int | None = None


def days_of(*, given: dt.date, event: LifeEvent | None = None) -> dict[str, dt.date]:
    """Return the day by each basis; without an event all are the day it is given."""
    if event is None:
        return dict.fromkeys(DateBasis.values, given)
    entered = timezone.localdate(event.entered_at) if event.entered_at else timezone.localdate()
    return {
        DateBasis.EVENT: event.occurred_on,
        DateBasis.END: event.ended_on or event.occurred_on,
        DateBasis.APPLICATION: entered,
        DateBasis.GIVEN: given,
    }


@dataclass(frozen=True)
class Layers:
    """The rules that apply, of all levels; `outside` are those that would, but for whom they are about."""

    asked: Asked
    rules: tuple[BenefitRule, ...]
    outside: tuple[BenefitRule, ...] = field(default=())

    @property
    def own(self) -> BenefitRule | None:
        """The rule that proposes form and amount: the item's, of the level nearest to the school."""
        return next(iter(self._mine()), None)

    @property
    def evidence(self) -> str:
        """The papers to bring: those of the nearest of the item's rules that names any."""
        return next((rule.evidence for rule in self._mine() if rule.evidence.strip()), "")

    def _mine(self) -> list[BenefitRule]:
        asked = self.asked.variant

        def order(rule: BenefitRule) -> tuple[Any, ...]:
            by_event = rule.cap_basis == CapBasis.PER_EVENT
            return (rule.variant != asked, -_RANK[Level(rule.level)], rule.standard is None, not by_event, rule.pk)

        return sorted((rule for rule in self.rules if rule.benefit_id == self.asked.benefit.pk), key=order)

    def caps(self) -> list[BenefitRule]:
        """Return the caps (yuan a person) that bind: of those that count the same, the strictest alone."""
        found: dict[tuple[str, str], list[BenefitRule]] = {}
        for rule in self._narrowed():
            if rule.cap is not None and rule.cap_basis != CapBasis.INCOME_SHARE:
                found.setdefault(_counts(rule), []).append(rule)
        return [min(rules, key=strictness) for _counted, rules in sorted(found.items())]

    def share(self) -> BenefitRule | None:
        """Return the rule that holds the category's spending to the smallest share of the year's income."""
        shares = [rule for rule in self.rules if rule.cap_basis == CapBasis.INCOME_SHARE and rule.cap is not None]
        return min(shares, key=strictness, default=None)

    def against(self, form: str) -> BenefitRule | None:
        """Return the rule that wants goods or a coupon where money would be given: the gravest, then the highest."""
        if form != Form.CASH:
            return None
        goods = [rule for rule in self.rules if rule.form in {Form.GOODS, Form.COUPON}]
        return min(goods, key=strictest_level, default=None)

    def strangers(self) -> list[BenefitRule]:
        """Return the rules by which a person of this kind is not to be given it, by this payer where they name one."""
        at_home = {_scope(rule) for rule in self.rules}
        return [
            rule
            for rule in self.outside
            if rule.population and self.asked.kind not in rule.population and _scope(rule) not in at_home
            if rule.payer_id in {None, self.asked.payer}
        ]

    def limited(self) -> list[BenefitRule]:
        """Return the rules of the item that say how often."""
        return [rule for rule in self._narrowed() if rule.times is not None and rule.benefit_id]

    def _narrowed(self) -> list[BenefitRule]:
        """Leave out a general rule where one of its level, scope and kind of cap tells the variant."""
        special = {_place(rule) for rule in self.rules if rule.variant}
        return [rule for rule in self.rules if rule.variant or _place(rule) not in special]


def _scope(rule: BenefitRule) -> tuple[str, int | None, str]:
    return (rule.level, rule.benefit_id, rule.category)


def _place(rule: BenefitRule) -> tuple[object, ...]:
    return (*_scope(rule), rule.cap_basis)


def _counts(rule: BenefitRule) -> tuple[str, str]:
    wide = rule.benefit_id is None or rule.cap_basis in _SHARED
    return ("year" if rule.cap_basis in _YEARS else rule.cap_basis, f"{rule.category}*" if wide else "own")


def strictness(rule: BenefitRule) -> tuple[object, ...]:
    """Order rules by what they leave: the lower cap, an exclusive bound, the higher level."""
    return (rule.cap, rule.inclusive, _RANK[Level(rule.level)], rule.pk)


def strictest_level(rule: BenefitRule) -> tuple[int, int]:
    """Order rules by how grave it is to go against them, then by level."""
    return (-_WEIGHT[Severity(rule.severity)], _RANK[Level(rule.level)])


def layers(asked: Asked) -> Layers:
    """Return the rules that apply: one query, whatever is asked. Examples never judge.

    A rule for certain relatives, people or payers applies to no others; one that is not asked about them applies.
    """
    benefit, category = asked.benefit, asked.benefit.category
    scope = (
        Q(benefit=benefit)
        | Q(benefit=None, category__in=(category, ""))
        | Q(benefit__category=category, cap_basis__in=_SHARED)
    )
    first, last = min(asked.days.values()), max(asked.days.values())
    lasting = Q(valid_to__isnull=True) | Q(valid_to__gte=first)
    in_force = Q(valid_from__lte=last) & lasting
    rules = BenefitRule.objects.filter(scope, in_force, example=False, variant__in={"", asked.variant})
    rules = rules.select_related("benefit", "payer")
    in_time = [rule for rule in rules if rule.holds(on=asked.days[rule.date_basis])]
    fitting = [rule for rule in in_time if _covers(rule, asked)]
    outside = [rule for rule in in_time if rule not in fitting]
    return Layers(asked, tuple(fitting), tuple(outside))


def _covers(rule: BenefitRule, asked: Asked) -> bool:
    def fits(wanted: Iterable[object], told: object) -> bool:
        return not wanted or not told or told in wanted

    payers = [rule.payer_id] if rule.payer_id else []
    return fits(rule.relations, asked.relation) and fits(rule.population, asked.kind) and fits(payers, asked.payer)
