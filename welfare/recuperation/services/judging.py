"""What the rules say: when somebody may go again, what the union bears, who comes first, whose the places are."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Max, Sum

from members.cohorts.models import Cohort
from members.people.enums import PersonKind
from members.people.models import Person
from union_portal.base.periods import Period, months_later
from union_portal.base.querysets import in_force
from welfare.recuperation.enums import ApplicationState, Criterion, Frequency
from welfare.recuperation.models import (
    RecuperationApplication,
    RecuperationBatch,
    RecuperationRule,
    SelectionCriterion,
)

_WENT = (ApplicationState.CHOSEN, ApplicationState.GONE)


def cycle_of(rule: RecuperationRule, on: dt.date) -> Period:
    """Return the calendar cycle that the day lies in; a right not used by its last day lapses."""
    first = rule.cycle_from + (on.year - rule.cycle_from) // rule.years * rule.years  # type: ignore[operator]
    return Period(dt.date(first, 1, 1), dt.date(first + rule.years - 1, 12, 31))


def again_from(rule: RecuperationRule, last: dt.date) -> dt.date | None:
    """Return the first day on which somebody who set out on `last` may set out again; None: at any time."""
    if rule.frequency == Frequency.ROLLING:
        return months_later(last, 12 * rule.years)
    if rule.frequency == Frequency.CYCLE:
        return cycle_of(rule, last).end + dt.timedelta(days=1)
    return None


def went_before(batch: RecuperationBatch, people: Sequence[int]) -> dict[int, dt.date]:
    """Return by person the day of the last batch before or after this one, in the same scope, that each goes with."""
    found = RecuperationApplication.objects.filter(
        person__in=people, state__in=_WENT, batch__rule__scope=batch.rule.scope
    ).exclude(batch=batch)
    return dict(found.order_by().values_list("person").annotate(last=Max("batch__starts_on")))


def shares(rule: RecuperationRule, *, days: int, price: Decimal, used: Decimal = Decimal(0)) -> tuple[Decimal, Decimal]:
    """Return what the union bears of a trip and what is left to the person.

    The union bears the day's cap for at most the rule's days, and no more than what `used` leaves of the year's.
    """
    caps = [price, rule.day_cap * min(days, rule.days_max)]
    if rule.year_cap is not None:
        caps.append(max(rule.year_cap - used, Decimal(0)))
    borne = min(caps)
    return borne, price - borne


def used_in(year: int, people: Sequence[int], *, but: RecuperationBatch) -> dict[int, Decimal]:
    """Return by person what the union bore of other batches of the year."""
    found = RecuperationApplication.objects.filter(
        person__in=people, state__in=_WENT, batch__starts_on__year=year, union_share__isnull=False
    ).exclude(batch=but)
    return dict(found.order_by().values_list("person").annotate(used=Sum("union_share")))


def distributed(places: int, heads: Mapping[Any, int]) -> dict[Any, int]:
    """Return how many of the places each gets in proportion to its heads, by largest remainder; never more than heads.

    Equal remainders go to the larger one, then to the first named.
    """
    total = sum(heads.values())
    places = min(places, total)
    if not total:
        return dict.fromkeys(heads, 0)
    given = {name: places * count // total for name, count in heads.items()}
    order = sorted(heads, key=lambda name: (-(places * heads[name] % total), -heads[name]))
    for name in order[: places - sum(given.values())]:
        given[name] += 1
    return given


@dataclass(frozen=True)
class Standing:
    """An application with its place in the order, and why in words."""

    application: RecuperationApplication
    key: tuple[Any, ...]
    grounds: str


def in_order(batch: RecuperationBatch) -> list[Standing]:
    """Return the living applications of the batch in the rule's order, each with what decided it."""
    living = batch.applications.exclude(state=ApplicationState.WITHDRAWN).select_related("person", "branch")
    applications = list(living.order_by("pk"))
    people = [one.person_id for one in applications]
    last = went_before(batch, people)
    criteria = list(batch.rule.criteria.select_related("cohort"))
    kinds = [one.cohort_id for one in criteria if one.kind == Criterion.COHORT]
    placed = Cohort.objects.filter(in_force(batch.starts_on), person__in=people, kind__in=kinds)
    cohorts = set(placed.values_list("person", "kind"))
    found = []
    for one in applications:
        told = [_judged(criterion, one.person, last.get(one.person_id), cohorts) for criterion in criteria]
        words = "；".join(f"{place}. {said}" for place, (_key, said) in enumerate(told, 1))
        key = (*(part for part, _said in told), one.pk)
        found.append(Standing(one, key, words or "按报名先后"))
    return sorted(found, key=lambda standing: standing.key)


def _judged(
    criterion: SelectionCriterion, person: Person, last: dt.date | None, cohorts: set[tuple[int, int]]
) -> tuple[Any, str]:
    """Return what a person is sorted by under the criterion, smaller first, and how that reads."""
    never = dt.date.min
    if criterion.kind == Criterion.COHORT:
        member = (person.pk, criterion.cohort_id) in cohorts
        return not member, f"{criterion.cohort}：{'是' if member else '否'}"
    if criterion.kind == Criterion.NEVER:
        return last is not None, "从未参加" if last is None else "曾参加"
    if criterion.kind == Criterion.LONGEST_AGO:
        return last or never, f"上次参加：{last or '从未'}"
    day, name = (person.employed_on, "来校") if criterion.kind == Criterion.SERVICE else (person.birth_date, "出生")
    return day or dt.date.max, f"{name} {day or '未登记'}"


@dataclass(frozen=True)
class Coverage:
    """How many of the members in service on the last day went within the period."""

    period: Period
    went: int
    members: int

    @property
    def percent(self) -> Decimal:
        return (Decimal(100 * self.went) / self.members).quantize(Decimal("0.1")) if self.members else Decimal("0.0")


def coverage(period: Period) -> Coverage:
    """Return who of the members in service on the last day went; who left is counted in neither."""
    serving = Person.objects.members(on=period.end).of_kind(PersonKind.STAFF, on=period.end)
    went = RecuperationApplication.objects.filter(
        state=ApplicationState.GONE,
        batch__starts_on__range=(period.start, period.end),
        person__in=serving.order_by().values("pk"),
    )
    return Coverage(period, went.order_by().values("person").distinct().count(), serving.order_by().count())
