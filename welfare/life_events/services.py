"""Life events: entered once for a family, and found again under another date."""

import datetime as dt

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from members.kin.models import Kinship
from members.people.models import Person
from union_portal.accounts.models import User
from union_portal.base.errors import DomainError
from welfare.life_events.enums import EventKind
from welfare.life_events.models import LifeEvent

# Two events of one kind for one person or family closer than this look like one event with two dates.
NEAR_DAYS = 60


def events_of_family(*, kind: str, person: Person) -> QuerySet[LifeEvent]:
    """Return the events of the kind that happened to the person or to somebody related in the register."""
    kin = Kinship.objects.filter(person=person).values("related")
    kin_of = Kinship.objects.filter(related=person).values("person")
    return LifeEvent.objects.filter(Q(whose=person) | Q(whose__in=kin) | Q(whose__in=kin_of), kind=kind)


def similar_events(*, event: LifeEvent) -> QuerySet[LifeEvent]:
    """Return other events that look like the same one under another date."""
    span = dt.timedelta(days=NEAR_DAYS)
    near = events_of_family(kind=event.kind, person=event.whose).exclude(pk=event.pk)
    return near.filter(occurred_on__range=(event.occurred_on - span, event.occurred_on + span))


@transaction.atomic
def record_event(
    *,
    kind: EventKind,
    whose: Person,
    occurred_on: dt.date,
    actor: User | None,
    relation: str = "",
    ended_on: dt.date | None = None,
    variant: str = "",
    note: str = "",
) -> LifeEvent:
    """Return the event, made if nobody has entered it: the family's own of the same kind and day is shared.

    `whose` is the person it happened to, or the member who reports it about a relative outside the register, with
    `relation`. Raises DomainError for a day in the future.
    """
    if occurred_on > timezone.localdate():
        raise DomainError("事件日期不能晚于今天。", field="occurred_on")
    shared = events_of_family(kind=kind, person=whose).filter(occurred_on=occurred_on)
    if relation:
        shared = shared.exclude(relation="", whose=whose)
    found = shared.order_by("pk").first()
    if found is not None:
        return found
    return LifeEvent.objects.create(
        kind=kind,
        whose=whose,
        relation=relation,
        occurred_on=occurred_on,
        ended_on=ended_on,
        variant=variant,
        note=note,
        entered_by=actor,
    )
