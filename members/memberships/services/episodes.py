"""Memberships of many people at once: the lists and the screens write by these and by nothing else.

`on` is the first day of what begins and the last day of what ends.
"""

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from members.branches.services.offices import end_offices
from members.memberships import signals
from members.memberships.enums import MembershipChange, MembershipEnd, MembershipStart
from members.memberships.models import Membership
from members.memberships.services.entries import Note, note
from members.people.enums import Employment, MembershipState, PersonKind
from members.people.models import Person
from members.people.services import alive
from union_portal.accounts.models import User
from union_portal.base.errors import Refused
from union_portal.base.importing.copying import copy_rows

_DAY = dt.timedelta(days=1)


class Episode(NamedTuple):
    """A membership that is to be written, by the names of the model's fields."""

    person: int
    valid_from: dt.date
    began_by: MembershipStart
    state: MembershipState = MembershipState.ACTIVE
    valid_to: dt.date | None = None
    ended_by: MembershipEnd | str = ""
    counterpart: str = ""
    document: str = ""


class Retirement(NamedTuple):
    """Somebody's last day in service, and whether the membership goes on as a retained one."""

    person: int
    on: dt.date
    retain: bool = True
    document: str = ""
    # Kind and employment before, where a list has written them already: a correction gives them back.
    was: tuple[str, str] | None = None


def begin_all(episodes: Sequence[Episode]) -> None:
    """Write memberships that were checked before, by one COPY. Sends `people_joined`."""
    if not episodes:
        return
    fields = {field.name: field for field in Membership._meta.concrete_fields}  # noqa: SLF001
    copy_rows(Membership, [fields[name] for name in Episode._fields], episodes)
    signals.people_joined.send(Membership, episodes=episodes)


def correct_starts(days: dict[int, dt.date]) -> None:
    """Let memberships begin on another day, by their keys."""
    changed = [Membership(pk=pk, valid_from=day) for pk, day in days.items()]
    Membership.objects.bulk_update(changed, ["valid_from"], batch_size=1000)


@transaction.atomic
def retire_all(retirements: Sequence[Retirement], *, actor: User | None = None) -> None:
    """退休: end the memberships and offices with the last day in service; branch assignments stay.

    A retained membership goes on from the next day. Whether somebody is retired on a day follows from the dates: kind
    and form of employment are written only where the day has passed. Sends `person_left` to those whose membership
    ends, and `person_retired` to all; somebody without a membership retires too. Refused for who has retired already.
    """
    if not retirements:
        return
    wanted = {one.person: one for one in retirements}
    people = list(Person.objects.select_for_update(of=("self",)).filter(pk__in=wanted).order_by("pk"))
    held = {
        episode.person_id: episode
        for episode in Membership.objects.filter(person__in=wanted)
        if episode.holds(on=wanted[episode.person_id].on)
    }
    documents = {pk: episode.document for pk, episode in held.items()}
    were = {person.pk: wanted[person.pk].was or (person.kind, person.employment) for person in people}
    for person in people:
        write_retirement(person, wanted[person.pk], held.get(person.pk))
    Membership.objects.bulk_update(held.values(), ["valid_to", "ended_by", "document"], batch_size=1000)
    Person.objects.bulk_update(
        people, ["retired_on", "retires_on", "kind", "employment", "updated_at"], batch_size=1000
    )
    offices = end_offices({pk: wanted[pk].on for pk in held})
    begin_all(
        [
            Episode(
                *(one.person, one.on + _DAY, MembershipStart.RETAINED, MembershipState.RETAINED),
                document=one.document,
            )
            for one in retirements
            if one.retain and one.person in held
        ]
    )
    for person in people:
        on, retain = wanted[person.pk].on, wanted[person.pk].retain
        if person.pk in held and not retain:
            signals.person_left.send(
                Membership, person=person, membership=held[person.pk], on=on, way=MembershipEnd.RETIRED
            )
        signals.person_retired.send(Person, person=person, on=on)
    note(
        [
            Note(
                *(person.pk, MembershipChange.RETIRE, wanted[person.pk].on),
                {
                    "kind": were[person.pk][0],
                    "employment": were[person.pk][1],
                    "offices": offices.get(person.pk, []),
                    **({"document": documents[person.pk]} if person.pk in documents else {}),
                },
            )
            for person in people
        ],
        actor=actor,
    )


def write_retirement(person: Person, one: Retirement, held: Membership | None) -> None:
    """Write a retirement into the person and the membership that it ends, unsaved. Raises Refused."""
    alive(person, on=one.on)
    # Who works again after retiring, with a membership resumed, stops once more; everybody else retires once.
    if held is None and person.retired_on not in (None, one.on):
        raise Refused(f"{person.name}已登记于 {person.retired_on} 退休；日期有误的，请用“更正登记”。", field="on")
    if held is not None:
        if held.state == MembershipState.RETAINED:
            words = f"已登记于 {person.retired_on} 退休" if person.retired_on else "已是保留会籍"
            raise Refused(f"{person.name}{words}；日期有误的，请用“更正登记”。", field="on")
        close(person, held, on=one.on, way=MembershipEnd.RETIRED, document=one.document)
    person.retired_on, person.retires_on, person.updated_at = person.retired_on or one.on, None, timezone.now()
    if one.on < timezone.localdate():
        person.kind = PersonKind.RETIREE
        if person.employment != Employment.VETERAN_RETIRED:
            person.employment = Employment.RETIRED


def close(person: Person, membership: Membership, *, on: dt.date, way: MembershipEnd, document: str) -> None:
    """Write an end into a membership that has none yet."""
    if membership.valid_to is not None:
        told = f"{membership.valid_to} {membership.get_ended_by_display()}"
        raise Refused(f"{person.name}的会籍已登记于 {told}；登记有误的，请用“更正登记”。", field="on")
    membership.valid_to, membership.ended_by = on, way
    membership.document = document or membership.document
