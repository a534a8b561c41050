"""Memberships from joining to the end; `on` is the first day of what begins and the last day of what ends."""

import datetime as dt

from django.db import transaction

from members.branches.models import Branch, BranchAssignment, Office
from members.branches.services.assignments import assign_branch
from members.memberships import signals
from members.memberships.enums import MembershipEnd, MembershipStart
from members.memberships.models import Membership
from members.people.enums import Employment, MembershipState, PersonKind
from members.people.models import Person
from members.people.services import alive, locked
from union_portal.accounts.models import RoleAssignment
from union_portal.base.errors import Refused
from union_portal.base.saving import not_in_future, saved

_DAY = dt.timedelta(days=1)


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
    """入会: begin an active membership on the day, and a branch assignment if a branch is named.

    Refused while a membership runs or begins later. Sends `person_joined`.
    """
    current = locked(person)
    alive(current, on=on)
    running = current.memberships.exclude(valid_to__lt=on).first()
    if running is not None:
        raise Refused(
            f"{current.name}自 {running.valid_from} 起已是会员。",
            field="on",
        )
    membership = saved(
        Membership(person=current, valid_from=on, began_by=way, counterpart=counterpart, document=document)
    )
    if branch is not None:
        assign_branch(person=current, branch=branch, on=on)
    signals.person_joined.send(Membership, person=current, membership=membership, on=on)
    return membership


def transfer_in(
    *, person: Person, on: dt.date, counterpart: str, branch: Branch | None = None, document: str = ""
) -> Membership:
    """转入: begin a membership that comes from another union."""
    return admit(
        person=person,
        on=on,
        branch=branch,
        way=MembershipStart.TRANSFERRED_IN,
        counterpart=counterpart,
        document=document,
    )


@transaction.atomic
def transfer_out(*, person: Person, on: dt.date, counterpart: str, document: str = "") -> Membership:
    """转出: end the membership with the day, and with it assignment and offices. Sends `person_left`."""
    current = locked(person)
    membership = _end(current, on=on, way=MembershipEnd.TRANSFERRED_OUT, counterpart=counterpart, document=document)
    _end_belonging(current, on=on)
    return membership


@transaction.atomic
def leave(*, person: Person, on: dt.date, expelled: bool = False, document: str = "") -> Membership:
    """退会 or 除名: end the membership with the day, and with it assignment and offices. Sends `person_left`."""
    current = locked(person)
    way = MembershipEnd.EXPELLED if expelled else MembershipEnd.LEFT
    membership = _end(current, on=on, way=way, document=document)
    _end_belonging(current, on=on)
    return membership


@transaction.atomic
def retire(*, person: Person, on: dt.date, retain: bool = True, document: str = "") -> Membership | None:
    """退休: the day is the last in service. Ends the active membership and offices; the branch assignment stays.

    With `retain` the membership goes on as a retained one from the next day, which is returned. Sends `person_left`
    unless retained, and `person_retired`. Somebody without a membership retires too.
    """
    current = locked(person)
    alive(current, on=on)
    retained: Membership | None = None
    if current.memberships.in_force(on=on).exists():
        _end(current, on=on, way=MembershipEnd.RETIRED, document=document, tell=not retain)
        _end_offices(current, on=on)
        if retain:
            retained = saved(
                Membership(
                    person=current,
                    valid_from=on + _DAY,
                    state=MembershipState.RETAINED,
                    began_by=MembershipStart.RETAINED,
                    document=document,
                ),
            )
    current.retired_on = on
    current.kind = PersonKind.RETIREE
    if current.employment != Employment.VETERAN_RETIRED:
        current.employment = Employment.RETIRED
    saved(current)
    signals.person_retired.send(Person, person=current, on=on)
    return retained


@transaction.atomic
def resume(*, person: Person, on: dt.date, branch: Branch | None = None, document: str = "") -> Membership:
    """恢复会籍: a retained or ended membership becomes active again from the day."""
    current = locked(person)
    alive(current, on=on)
    episode = current.memberships.in_force(on=on).first()
    if episode is not None and episode.state == MembershipState.RETAINED:
        if episode.valid_from == on:
            episode.delete()
        else:
            _close(episode, on=on - _DAY, way=MembershipEnd.RESUMED, document=document)
    elif episode is None and not current.memberships.filter(valid_to__lt=on).exists():
        raise Refused(f"{current.name}从未入会，请先办理入会。")
    return admit(person=current, on=on, branch=branch, way=MembershipStart.RESUMED, document=document)


@transaction.atomic
def record_death(*, person: Person, on: dt.date, document: str = "") -> Person:
    """去世: note the day, end membership, assignment, offices, roles and the account. Sends `person_died`."""
    not_in_future(on)
    current = locked(person)
    if current.died_on is not None:
        raise Refused(
            f"{current.name}于 {current.died_on} 去世，已登记过。",
        )
    if current.memberships.in_force(on=on).exists():
        _end(current, on=on, way=MembershipEnd.DECEASED, document=document)
    _end_belonging(current, on=on)
    current.died_on = on
    saved(current)
    if current.user is not None:
        current.user.is_active = False
        current.user.save(update_fields=["is_active"])
        RoleAssignment.objects.filter(user=current.user, valid_from__lte=on).in_force(on=on).update(valid_to=on)
    signals.person_died.send(Person, person=current, on=on)
    return current


def _end(
    person: Person,
    *,
    on: dt.date,
    way: MembershipEnd,
    counterpart: str = "",
    document: str = "",
    tell: bool = True,
) -> Membership:
    membership: Membership | None = person.memberships.in_force(on=on).first()
    if membership is None:
        raise Refused(f"{person.name}在 {on} 不是会员。", field="on")
    if membership.valid_to is not None:
        raise Refused(
            f"{person.name}的会籍已登记于 {membership.valid_to} 终止。",
            field="on",
        )
    membership.counterpart = counterpart or membership.counterpart
    _close(membership, on=on, way=way, document=document)
    if tell:
        signals.person_left.send(Membership, person=person, membership=membership, on=on, way=way)
    return membership


def _close(membership: Membership, *, on: dt.date, way: MembershipEnd, document: str) -> None:
    membership.valid_to = on
    membership.ended_by = way
    membership.document = document or membership.document
    saved(membership)


def _end_belonging(person: Person, *, on: dt.date) -> None:
    BranchAssignment.objects.filter(person=person).in_force(on=on).update(valid_to=on)
    _end_offices(person, on=on)


def _end_offices(person: Person, *, on: dt.date) -> None:
    Office.objects.filter(person=person).in_force(on=on).update(valid_to=on)
