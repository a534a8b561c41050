"""Mandates: units elect delegates, observers and guests are invited; mandates end by recall, resignation, leaving."""

import datetime as dt
from collections.abc import Iterable
from itertools import pairwise
from typing import Any

from django.db import transaction
from django.db.models import F, Q, QuerySet

from congress.bodies.enums import Body, Mode
from congress.bodies.models import Congress
from congress.delegates.enums import MandateEnd, MandateStart, Seat
from congress.delegates.models import Delegate, Delegation, UnitElection
from congress.delegates.signals import mandate_changed
from members.branches.models import Branch
from members.people.enums import MembershipState
from members.people.models import Person
from union_portal.accounts.models import User
from union_portal.base.errors import Refused
from union_portal.base.steps import hold, saved


@transaction.atomic
def elect(  # noqa: PLR0913
    *,
    congress: Congress,
    person: Person,
    on: dt.date,
    seat: Seat = Seat.DELEGATE,
    unit: Branch | None = None,
    delegation: Delegation | None = None,
    election: UnitElection | None = None,
    by: MandateStart | None = None,
    document: str = "",
    actor: User | None = None,
) -> Delegate:
    """Begin a mandate on the day; delegates have a vote, observers and guests have none.

    The delegation follows from the unit where none is named. Rolls already drawn up for sittings to come get the line.
    Refused for who may not be a delegate (left, retired, died, of a union congress: no active member), outside the
    term, beyond an election's seats, and twice in the same days.
    """
    unit = unit or (election.branch if election else None)
    may_sit(congress, person, seat, on)
    if election is not None:
        _seat_left(election, seat)
    one = Delegate(
        congress=congress,
        person=person,
        seat=seat,
        unit=unit,
        delegation=delegation or delegation_of(congress=congress, unit=unit),
        election=election,
        valid_from=on,
        began_by=by or _way(seat, election),
        document=document,
    )
    made = saved(one)
    mandate_changed.send(Delegate, delegate=made, actor=actor, former=None)
    return made


def _way(seat: Seat, election: UnitElection | None) -> MandateStart:
    if seat != Seat.DELEGATE:
        return MandateStart.INVITED
    return MandateStart.BY_ELECTION if election is not None and election.by_election else MandateStart.ELECTED


def may_sit(congress: Congress, person: Person, seat: str, on: dt.date) -> None:
    """Refuse who may not have this seat from the day: outside term or branch, died, retired, no active member."""
    if not congress.began_on <= on <= congress.ends_on:
        raise Refused(f"{congress}任期为 {congress.began_on} 至 {congress.ends_on}，{on} 不在任期内。", field="on")
    if person.died_on is not None:
        raise Refused(f"{person}已去世。", field="person")
    if seat != Seat.DELEGATE:
        return
    if congress.mode == Mode.EVERYBODY:
        raise Refused(f"{congress}采用全体大会形式，全员参加，无须选举代表。", field="congress")
    if congress.branch and not Person.objects.filter(pk=person.pk).in_branch(branches_of(congress), on=on).exists():
        raise Refused(f"{on}，{person} 不属于{congress.branch}，可邀请列席。", field="person")
    if person.retired_on is not None and person.retired_on < on:
        raise Refused(f"{person}已于 {person.retired_on} 退休，不能担任正式代表，可邀请列席。", field="person")
    member = person.memberships.in_force(on=on).filter(state=MembershipState.ACTIVE)
    if congress.body == Body.UNION and not member.exists():
        raise Refused(f"{person}在 {on} 不是在会会员。", field="person")


def _seat_left(election: UnitElection, seat: Seat) -> None:
    if seat != Seat.DELEGATE:
        raise Refused("选举单位选举正式代表；列席、特邀代表由大会邀请。", field="seat")
    held = hold(election, "branch")
    if held.delegates.count() >= held.seats:
        words = f"{held.branch}于 {held.held_on} 选出代表 {held.seats} 名，名额已全部登记。"
        raise Refused(words, field="election")


def delegation_of(*, congress: Congress, unit: Branch | None) -> Delegation | None:
    """Return the delegation that the unit, or the branch above it, belongs to."""
    if unit is None:
        return None
    own = Q(branches=unit) | Q(branches=unit.parent_id)
    found: Delegation | None = congress.delegations.filter(own).order_by("number").first()
    return found


@transaction.atomic
def end_mandate(
    *,
    delegate: Delegate,
    on: dt.date,
    way: MandateEnd,
    actor: User | None,
    reason: str = "",
    document: str = "",
) -> Delegate:
    """End a mandate; the day is its last. A recall (撤换) needs its reason.

    Rolls of sittings not yet opened lose the line, headships of delegations end, secondings of proposals not yet
    submitted lapse; proposals that were submitted stay.
    """
    held = hold(delegate, "congress", "person")
    if held.valid_to is not None:
        raise Refused(f"{held.person}的代表资格已于 {held.valid_to} 终止（{held.get_ended_by_display()}）。")
    if on < held.valid_from:
        raise Refused(f"代表资格自 {held.valid_from} 起，终止日期不能早于这一天。", field="on")
    if way == MandateEnd.RECALLED and not reason.strip():
        raise Refused("请写明选举单位撤换代表的理由。", field="reason")
    held.valid_to, held.ended_by, held.end_reason = on, way, reason.strip()
    held.document = document or held.document
    held.save(update_fields=["valid_to", "ended_by", "end_reason", "document"])
    Delegation.objects.filter(head=held).update(head=None)
    Delegation.objects.filter(deputy=held).update(deputy=None)
    mandate_changed.send(Delegate, delegate=held, actor=actor, former=None)
    return held


def running(*, person: Person, bodies: Iterable[Body], voting: bool) -> "QuerySet[Delegate]":
    """Return a person's mandates in these bodies that have no end yet, only voting ones if asked."""
    found = Delegate.objects.filter(person=person, congress__body__in=list(bodies), valid_to=None)
    return found.voting() if voting else found


@transaction.atomic
def end_all(*, person: Person, on: dt.date, way: MandateEnd, reason: str, bodies: Iterable[Body], voting: bool) -> int:
    """End every mandate of a person in these bodies that runs beyond the day, only voting ones if asked; how many.

    A mandate that would begin later ends on its first day.
    """
    mandates = list(running(person=person, bodies=bodies, voting=voting))
    for one in mandates:
        end_mandate(delegate=one, on=max(on, one.valid_from), way=way, actor=None, reason=reason)
    return len(mandates)


@transaction.atomic
def restore_all(*, person: Person, on: dt.date, way: MandateEnd, reason: str | None) -> tuple[list[str], list[str]]:
    """Let the mandates run again that ended with the day in this way; nothing for a reason that ends none.

    Returns what came back, and sentences about what did not: mandates that cannot run again, headships, filled seats.
    """
    restored: list[str] = []
    left: list[str] = []
    if reason is None:
        return restored, left
    ended = Delegate.objects.filter(person=person, ended_by=way, end_reason=reason, congress__ends_on__gte=on)
    for one in ended.filter(Q(valid_to=on) | Q(valid_from__gt=on, valid_to=F("valid_from"))).select_related("congress"):
        held = hold(one, "congress", "person")
        others = held.congress.delegates.filter(person=person).exclude(pk=held.pk)
        if others.filter(Q(valid_to=None) | Q(valid_to__gte=on)).exists():
            left.append(f"{held.congress}：此后另有代表资格，原资格未恢复。")
            continue
        held.valid_to, held.ended_by, held.end_reason = None, "", ""
        held.save(update_fields=["valid_to", "ended_by", "end_reason"])
        mandate_changed.send(Delegate, delegate=held, actor=None, former=None)
        restored.append(f"{held.congress}的代表资格")
        left += [*_headships_lost(held), *_seats_filled(held, on)]
    return restored, left


def _headships_lost(held: Delegate) -> list[str]:
    """Say which delegations the delegate headed until the mandate ended, and who heads them now."""
    found = []
    for delegation in held.congress.delegations.select_related("head__person", "deputy__person"):
        for post, label in (("head", "团长"), ("deputy", "副团长")):
            # The history keeps every row as it became: the one before the post was emptied names who held it.
            was = list(delegation.events.order_by("-pgh_id").values_list(f"{post}_id", flat=True))
            emptied = next((before for after, before in pairwise(was) if after is None and before is not None), None)
            now = getattr(delegation, post)
            if emptied == held.pk and now != held:
                who = f"现为{now.person.name}" if now is not None else "现空缺"
                found.append(f"{delegation}{label}未恢复（{who}），需要时请重新指定。")
    return found


def _seats_filled(held: Delegate, on: dt.date) -> list[str]:
    """Say who was elected into the unit's seats since."""
    since = held.congress.delegates.filter(unit=held.unit, began_by=MandateStart.BY_ELECTION, valid_from__gte=on)
    names = [one.person.name for one in since.exclude(pk=held.pk).select_related("person") if held.unit_id]
    return [f"{held.unit}此后补选了{'、'.join(names)}，其代表资格不变，请核对名额。"] if names else []


@transaction.atomic
def end_term(*, congress: Congress, on: dt.date, actor: User | None) -> int:
    """End all running mandates of a term with the day, because a new term was elected (换届); return how many."""
    mandates = list(Delegate.objects.filter(congress=congress, valid_to=None))
    for one in mandates:
        end_mandate(delegate=one, on=max(on, one.valid_from), way=MandateEnd.TERM, actor=actor)
    return len(mandates)


@transaction.atomic
def place_in(*, delegates: Iterable[Delegate], delegation: Delegation) -> int:
    """Put delegates of the same congress into the delegation; return how many. Rolls to come follow."""
    placed = 0
    for one in delegates:
        held = hold(one, "person")
        if held.congress_id != delegation.congress_id:
            raise Refused(f"{held.person}与{delegation}不属于同一届。")
        held.delegation = delegation
        held.save(update_fields=["delegation"])
        mandate_changed.send(Delegate, delegate=held, actor=None, former=None)
        placed += 1
    return placed


@transaction.atomic
def delegation_named(*, congress: Congress, name: str) -> Delegation:
    """Return the congress's delegation of this name; a new one gets the next number."""
    held = hold(congress)
    found: Delegation | None = held.delegations.filter(name=name).first()
    if found is not None:
        return found
    last = held.delegations.order_by("-number").values_list("number", flat=True).first() or 0
    return saved(Delegation(congress=held, number=last + 1, name=name))


@transaction.atomic
def appoint_heads(*, delegation: Delegation, head: Delegate | None, deputy: Delegate | None) -> Delegation:
    """Name head (团长) and deputy of a delegation; both are among its running delegates, and two people."""
    held = hold(delegation)
    for field, one in (("head", head), ("deputy", deputy)):
        if one is not None and (one.delegation_id != held.pk or one.valid_to is not None):
            raise Refused(f"{one.person}不是{held}的代表。", field=field)
    if head is not None and head == deputy:
        raise Refused("团长和副团长不能是同一人。", field="deputy")
    held.head, held.deputy = head, deputy
    held.save(update_fields=["head", "deputy"])
    return held


def branches_of(congress: Congress) -> Any:
    """Return a branch congress's branch with the groups below it."""
    own = congress.branch_id
    return Branch.objects.filter(Q(pk=own) | Q(parent=own) | Q(parent__parent=own))
