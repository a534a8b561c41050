"""Memberships from joining to the end; `on` is the first day of what begins and the last day of what ends."""

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from members.branches.models import Branch, BranchAssignment
from members.branches.services.assignments import assign_branch
from members.branches.services.offices import end_offices
from members.memberships import signals
from members.memberships.enums import MembershipEnd, MembershipStart
from members.memberships.models import Membership
from members.people.enums import Employment, MembershipState, PersonKind
from members.people.models import Person
from members.people.services import alive
from union_portal.accounts.models import RoleAssignment
from union_portal.base.errors import Refused
from union_portal.base.importing.copying import copy_rows
from union_portal.base.steps import hold, saved

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


# -- for many at once: the lists and the screens write by these and by nothing else -----------------------------------


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
def retire_all(retirements: Sequence[Retirement]) -> None:
    """退休: end the memberships and offices with the last day in service; branch assignments stay.

    A retained membership goes on from the next day. Sends `person_left` to those whose membership ends, and
    `person_retired` to all; somebody without a membership retires too.
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
    for person in people:
        alive(person, on=wanted[person.pk].on)
        if person.pk in held:
            one = wanted[person.pk]
            _close(person, held[person.pk], on=one.on, way=MembershipEnd.RETIRED, document=one.document)
        person.retired_on, person.kind, person.updated_at = wanted[person.pk].on, PersonKind.RETIREE, timezone.now()
        if person.employment != Employment.VETERAN_RETIRED:
            person.employment = Employment.RETIRED
    Membership.objects.bulk_update(held.values(), ["valid_to", "ended_by", "document"], batch_size=1000)
    Person.objects.bulk_update(people, ["retired_on", "kind", "employment", "updated_at"], batch_size=1000)
    end_offices({pk: wanted[pk].on for pk in held})
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
            _tell_left(person, held[person.pk], on=on, way=MembershipEnd.RETIRED)
        signals.person_retired.send(Person, person=person, on=on)


# -- for one person ---------------------------------------------------------------------------------------------------


@transaction.atomic
def admit(
    *,
    person: Person,
    on: dt.date,
    branch: Branch | None = None,
    way: MembershipStart = MembershipStart.JOINED,
    counterpart: str = "",
    document: str = "",
) -> Membership:
    """入会, 转入: begin an active membership on the day, and a branch assignment if a branch is named.

    Refused while a membership runs or begins later.
    """
    current = hold(person)
    alive(current, on=on)
    running = current.memberships.exclude(valid_to__lt=on).first()
    if running is not None:
        raise Refused(f"{current.name}自 {running.valid_from} 起已是会员。", field="on")
    begin_all([Episode(current.pk, on, way, counterpart=counterpart, document=document)])
    if branch is not None:
        assign_branch(person=current, branch=branch, on=on)
    return current.memberships.get(valid_from=on)


@transaction.atomic
def end(*, person: Person, on: dt.date, way: MembershipEnd, counterpart: str = "", document: str = "") -> Membership:
    """转出, 退会, 除名: end the membership with the day, and with it assignment and offices. Sends `person_left`."""
    current = hold(person)
    membership: Membership | None = current.memberships.in_force(on=on).first()
    if membership is None:
        raise Refused(f"{current.name}在 {on} 不是会员。", field="on")
    membership.counterpart = counterpart or membership.counterpart
    _close(current, membership, on=on, way=way, document=document)
    saved(membership)
    _tell_left(current, membership, on=on, way=way)
    _end_belonging(current, on=on)
    return membership


def transfer_out(*, person: Person, on: dt.date, counterpart: str, document: str = "") -> Membership:
    """转出."""
    return end(person=person, on=on, way=MembershipEnd.TRANSFERRED_OUT, counterpart=counterpart, document=document)


def leave(*, person: Person, on: dt.date, expelled: bool = False, document: str = "") -> Membership:
    """退会, 除名."""
    way = MembershipEnd.EXPELLED if expelled else MembershipEnd.LEFT
    return end(person=person, on=on, way=way, document=document)


def retire(*, person: Person, on: dt.date, retain: bool = True, document: str = "") -> Membership | None:
    """退休: as `retire_all` does; returns the retained membership, if there is one."""
    retire_all([Retirement(person.pk, on, retain, document)])
    retained: Membership | None = person.memberships.filter(
        began_by=MembershipStart.RETAINED, valid_from__gt=on
    ).first()
    return retained


@transaction.atomic
def resume(*, person: Person, on: dt.date, branch: Branch | None = None, document: str = "") -> Membership:
    """恢复会籍: a retained or ended membership becomes active again from the day."""
    current = hold(person)
    alive(current, on=on)
    episode = current.memberships.in_force(on=on).first()
    if episode is not None and episode.state == MembershipState.RETAINED:
        if episode.valid_from == on:
            episode.delete()
        else:
            _close(current, episode, on=on - _DAY, way=MembershipEnd.RESUMED, document=document)
            saved(episode)
    elif episode is None and not current.memberships.filter(valid_to__lt=on).exists():
        raise Refused(f"{current.name}从未入会，请先办理入会。")
    return admit(person=current, on=on, branch=branch, way=MembershipStart.RESUMED, document=document)


@transaction.atomic
def record_death(*, person: Person, on: dt.date, document: str = "") -> Person:
    """去世: note the day, end membership, assignment, offices, roles and the account. Sends `person_died`."""
    current = hold(person)
    if current.died_on is not None:
        raise Refused(f"{current.name}于 {current.died_on} 去世，已登记过。")
    if current.memberships.in_force(on=on).exists():
        end(person=current, on=on, way=MembershipEnd.DECEASED, document=document)
    _end_belonging(current, on=on)
    current.died_on = on
    saved(current, fields=["died_on", "updated_at"])
    if current.user is not None:
        current.user.is_active = False
        current.user.save(update_fields=["is_active"])
        RoleAssignment.objects.filter(user=current.user, valid_from__lte=on).in_force(on=on).update(valid_to=on)
    signals.person_died.send(Person, person=current, on=on)
    return current


def _close(person: Person, membership: Membership, *, on: dt.date, way: MembershipEnd, document: str) -> None:
    if membership.valid_to is not None:
        raise Refused(f"{person.name}的会籍已登记于 {membership.valid_to} 终止。", field="on")
    membership.valid_to, membership.ended_by = on, way
    membership.document = document or membership.document


def _tell_left(person: Person, membership: Membership, *, on: dt.date, way: MembershipEnd) -> None:
    signals.person_left.send(Membership, person=person, membership=membership, on=on, way=way)


def _end_belonging(person: Person, *, on: dt.date) -> None:
    BranchAssignment.objects.filter(person=person).in_force(on=on).update(valid_to=on)
    end_offices({person.pk: on})
