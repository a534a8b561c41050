"""When a cover begins to hold, how far a plan's members are enrolled, and which covers run out soon."""

import datetime as dt
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import DateField, Exists, ExpressionWrapper, F, OuterRef, QuerySet, Value

from members.people.enums import PersonKind
from members.people.models import Person
from welfare.mutual_aid.enums import CoverState
from welfare.mutual_aid.models import Cover, MutualAidPlan

_CENT = Decimal("0.01")


def is_renewal(*, cover: Cover) -> bool:
    """Whether the person was covered by the plan up to the day before: then nothing is waited for."""
    before = Cover.objects.standing().filter(plan=cover.plan_id, person=cover.person_id, starts_on__lt=cover.starts_on)
    return before.filter(ends_on__gte=cover.starts_on - dt.timedelta(days=1)).exists()


def holds_from(*, cover: Cover) -> dt.date:
    """Return the first day on which the cover pays: for first-timers once the plan's waiting days are over."""
    if not cover.plan.waiting_days or is_renewal(cover=cover):
        return cover.starts_on
    return cover.starts_on + dt.timedelta(days=cover.plan.waiting_days)


@dataclass(frozen=True)
class Enrolment:
    """How many of those whom a plan is for are covered on a day, against what the plan asks."""

    covered: int
    of: int
    least: Decimal | None = None

    @property
    def ratio(self) -> Decimal:
        """The share in per cent, to two decimals."""
        return (Decimal(self.covered) * 100 / self.of).quantize(_CENT, ROUND_HALF_UP) if self.of else Decimal(0)

    @property
    def suffices(self) -> bool:
        """Whether the plan's ratio is reached; exactly, not as rounded."""
        return self.least is None or Decimal(self.covered) * 100 >= self.least * self.of

    def __str__(self) -> str:
        told = f"参保 {self.covered:,} 人，在职会员 {self.of:,} 人，参保率 {self.ratio}%"
        if self.least is None:
            return told
        return f"{told}，{'达到' if self.suffices else '未达到'}要求的 {self.least.normalize():f}%"


def enrolment(*, plan: MutualAidPlan, on: dt.date) -> Enrolment:
    """Set those covered on the day against the members in service; a unit that is small must enrol all of them."""
    members = Person.objects.members(on=on).filter(died_on=None)
    if not plan.also_retired:
        members = members.of_kind(PersonKind.STAFF, on=on)
    if plan.only_gender:
        members = members.filter(gender=plan.only_gender)
    covers = Cover.objects.standing().filter(plan=plan, starts_on__lte=on, ends_on__gte=on)
    of, least = members.count(), plan.least_ratio
    if least is not None and plan.whole_below is not None and of < plan.whole_below:
        least = Decimal(100)
    return Enrolment(covers.values("person").distinct().count(), of, least)


def running_out(*, on: dt.date, rows: "QuerySet[Cover] | None" = None) -> "QuerySet[Cover]":
    """Return the covers (of these, or of all) that end within their plan's days of notice and are not renewed."""
    later = Cover.objects.standing().filter(plan=OuterRef("plan"), person=OuterRef("person"))
    renewed = later.filter(starts_on__gt=OuterRef("starts_on"), ends_on__gt=OuterRef("ends_on"))
    found = (Cover.objects.all() if rows is None else rows).exclude(state=CoverState.ANNULLED)
    soon = found.filter(plan__active=True, ends_on__gte=on, person__died_on=None)
    last = ExpressionWrapper(Value(on) + F("plan__renew_days"), output_field=DateField())
    return soon.filter(~Exists(renewed), ends_on__lte=last)
