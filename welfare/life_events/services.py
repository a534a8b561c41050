"""Life events: entered once for a family, and found again under another date."""

import datetime as dt

from django.db import transaction
from django.db.models import Q, QuerySet

from members.kin.models import Kinship
from members.people.models import Person
from union_portal.accounts.models import User
from union_portal.base.steps import record
from welfare.life_events.enums import EventKind
from welfare.life_events.models import LifeEvent

# One event for all whom it concerns; a stay in hospital, an illness and a retirement are one person's own.
SHARED = frozenset({EventKind.WEDDING, EventKind.BIRTH, EventKind.DEATH, EventKind.DISASTER, EventKind.HARDSHIP})
# Two events of one kind for one person or family closer than this look like one event with two dates.
NEAR_DAYS = 60


def events_of_family(*, kind: str, person: Person) -> QuerySet[LifeEvent]:
    """Return the events of the kind that happened to the person or to somebody related in the register."""
    kin = Kinship.objects.filter(person=person).values("related")
    kin_of = Kinship.objects.filter(related=person).values("person")
    return LifeEvent.objects.filter(Q(whose=person) | Q(whose__in=kin) | Q(whose__in=kin_of), kind=kind)


def hold_family(*, person: Person) -> None:
    """Lock the person and all who are related in the register: what two of a family tell at once is told in turn."""
    kin = Kinship.objects.filter(person=person).values("related")
    kin_of = Kinship.objects.filter(related=person).values("person")
    family = Person.objects.filter(Q(pk=person.pk) | Q(pk__in=kin) | Q(pk__in=kin_of))
    list(family.select_for_update(no_key=True).order_by("pk").values_list("pk"))


def standing_event(*, event: LifeEvent) -> LifeEvent | None:
    """Return the event that stands already: the family's own of the same kind and day, or the same person's."""
    found = events_of_family(kind=event.kind, person=event.whose).filter(occurred_on=event.occurred_on)
    if event.kind not in SHARED:
        found = found.filter(whose=event.whose, relation=event.relation)
    elif event.relation:
        found = found.exclude(relation="", whose=event.whose)
    return found.order_by("pk").first()


def similar_events(*, event: LifeEvent) -> QuerySet[LifeEvent]:
    """Return other events that look like the same one under another date."""
    span = dt.timedelta(days=NEAR_DAYS)
    near = events_of_family(kind=event.kind, person=event.whose).exclude(pk=event.pk)
    if event.kind not in SHARED:
        near = near.filter(whose=event.whose, relation=event.relation)
    return near.filter(occurred_on__range=(event.occurred_on - span, event.occurred_on + span))


@transaction.atomic
def record_event(*, event: LifeEvent, actor: User | None) -> LifeEvent:
    """Return the event, made if nobody has entered it: the family's own of the same kind and day is shared.

    `whose` is the person it happened to, or the member who reports it about a relative outside the register, with
    `relation`. Raises DomainError for a day in the future.
    """
    hold_family(person=event.whose)
    found = standing_event(event=event)
    if found is not None:
        return found
    event.entered_by = actor
    return record(event, actor=actor)
