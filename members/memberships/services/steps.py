"""Memberships of one person from joining to the end; `on` is the first day of what begins, the last of what ends."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from members.branches.models import Branch, BranchAssignment
from members.branches.services.assignments import assign_branch
from members.branches.services.checks import ended
from members.branches.services.corrections import end_places
from members.branches.services.offices import end_offices
from members.memberships import signals
from members.memberships.enums import ENDS, STARTS, MembershipChange, MembershipEnd, MembershipStart
from members.memberships.models import Membership
from members.memberships.services.entries import Note, note
from members.memberships.services.episodes import Episode, Retirement, begin_all, close, retire_all
from members.memberships.services.undoing import forestall_retirement
from members.people.enums import MembershipState
from members.people.models import Person
from members.people.services import alive, may_join
from union_portal.accounts.enums import Access
from union_portal.accounts.models import RoleAssignment, User
from union_portal.accounts.services import log_access
from union_portal.base.errors import Refused
from union_portal.base.steps import hold, saved

_DAY = dt.timedelta(days=1)
_CHANGE_OF_START = {way: change for change, way in STARTS.items()} | {MembershipStart.RECORDED: MembershipChange.JOIN}
_CHANGE_OF_END = {way: change for change, way in ENDS.items()}


@transaction.atomic
def admit(
    *,
    person: Person,
    on: dt.date,
    branch: Branch | None = None,
    way: MembershipStart = MembershipStart.JOINED,
    counterpart: str = "",
    document: str = "",
    state: MembershipState = MembershipState.ACTIVE,
    actor: User | None = None,
) -> Membership:
    """入会, 转入: begin a membership on the day, and a branch assignment if a branch is named.

    Refused while a membership runs or begins later, for a day to come, and for children.
    """
    told = (counterpart, document)
    return _begin(person=person, on=on, branch=branch, way=way, told=told, actor=actor, reopens={}, state=state)


def _begin(
    *,
    person: Person,
    on: dt.date,
    branch: Branch | None,
    way: MembershipStart,
    told: tuple[str, str],
    actor: User | None,
    reopens: dict[str, object],
    state: MembershipState = MembershipState.ACTIVE,
) -> Membership:
    current = hold(person)
    alive(current, on=on)
    may_join(current, on=on)
    running = current.memberships.exclude(valid_to__lt=on).first()
    if running is not None:
        kept = "，可办理恢复会籍" if running.state == MembershipState.RETAINED else ""
        raise Refused(f"{current.name}自 {running.valid_from} 起已是会员{kept}。", field="on")
    begin_all([Episode(current.pk, on, way, state, counterpart=told[0], document=told[1])])
    if branch is not None and not _belongs(current, branch, on=on):
        reopens["assignment"] = assign_branch(person=current, branch=branch, on=on).pk
    note([Note(current.pk, _CHANGE_OF_START[way], on, reopens)], actor=actor)
    found: Membership = current.memberships.get(valid_from=on)
    return found


@transaction.atomic
def end(
    *,
    person: Person,
    on: dt.date,
    way: MembershipEnd,
    counterpart: str = "",
    document: str = "",
    actor: User | None = None,
) -> Membership:
    """转出, 退会, 除名: end the membership with the day, and with it assignment and offices. Sends `person_left`.

    A retirement that was recorded for a later day does not come to pass. Refused for the dead: death ended it.
    """
    current = hold(person)
    if current.died_on is not None:
        raise Refused(f"{current.name}已于 {current.died_on} 去世，会籍随之终止；登记有误的，请用“更正登记”。")
    membership, closed = _ended(current, on=on, way=way, counterpart=counterpart, document=document, actor=actor)
    if membership is None:
        last = current.memberships.filter(valid_to__lt=on).order_by("-valid_to").first()
        told = f"；会籍已登记于 {last.valid_to} 终止（{last.get_ended_by_display()}）" if last else ""
        raise Refused(f"{current.name}在 {on} 不是会员{told}。", field="on")
    closed |= end_places(current, on=on) | {"offices": end_offices({current.pk: on}).get(current.pk, [])}
    note([Note(current.pk, _CHANGE_OF_END[way], on, closed)], actor=actor)
    return membership


def _ended(
    current: Person, *, on: dt.date, way: MembershipEnd, counterpart: str, document: str, actor: User | None
) -> tuple[Membership | None, dict[str, object]]:
    forestall_retirement(current, on=on, way=way, actor=actor)
    membership: Membership | None = current.memberships.in_force(on=on).first()
    if membership is None:
        return None, {}
    later = current.memberships.filter(valid_from__gt=on).order_by("valid_from").first()
    if later is not None:
        words = f"{later.get_began_by_display()} {later.valid_from}"
        raise Refused(f"{current.name}在 {on} 之后还有会籍登记（{words}），请先更正该登记。", field="on")
    if way == MembershipEnd.DECEASED and membership.valid_to == on:
        return membership, {}
    closed: dict[str, object] = {"counterpart": membership.counterpart, "document": membership.document}
    membership.counterpart = counterpart or membership.counterpart
    close(current, membership, on=on, way=way, document=document)
    saved(membership)
    signals.person_left.send(Membership, person=current, membership=membership, on=on, way=way)
    return membership, closed


def transfer_out(
    *, person: Person, on: dt.date, counterpart: str, document: str = "", actor: User | None = None
) -> Membership:
    """转出."""
    way = MembershipEnd.TRANSFERRED_OUT
    return end(person=person, on=on, way=way, counterpart=counterpart, document=document, actor=actor)


def leave(
    *, person: Person, on: dt.date, expelled: bool = False, document: str = "", actor: User | None = None
) -> Membership:
    """退会, 除名."""
    way = MembershipEnd.EXPELLED if expelled else MembershipEnd.LEFT
    return end(person=person, on=on, way=way, document=document, actor=actor)


@transaction.atomic
def retire(
    *, person: Person, on: dt.date, retain: bool = True, document: str = "", actor: User | None = None
) -> Membership | None:
    """退休: as `retire_all` does; returns the retained membership, if there is one. Refused for who has retired."""
    current = hold(person)
    works = current.memberships.in_force(on=on).filter(began_by=MembershipStart.RESUMED).exists()
    if current.retired_on is not None and not works:
        raise Refused(f"{current.name}已登记于 {current.retired_on} 退休；日期有误的，请用“更正登记”。", field="on")
    retire_all([Retirement(person.pk, on, retain, document)], actor=actor)
    retained: Membership | None = person.memberships.filter(
        began_by=MembershipStart.RETAINED, valid_from__gt=on
    ).first()
    return retained


@transaction.atomic
def resume(
    *, person: Person, on: dt.date, branch: Branch | None = None, document: str = "", actor: User | None = None
) -> Membership:
    """恢复会籍: a retained or ended membership becomes active again from the day."""
    current = hold(person)
    alive(current, on=on)
    episode = current.memberships.in_force(on=on).first()
    reopens: dict[str, object] = {}
    if episode is not None and episode.state == MembershipState.RETAINED:
        if episode.valid_to is not None:
            raise Refused(f"{current.name}的会籍已登记于 {episode.valid_to} 终止。", field="on")
        if episode.valid_from == on:
            reopens["retained"] = episode.document
            episode.delete()
        else:
            close(current, episode, on=on - _DAY, way=MembershipEnd.RESUMED, document=document)
            saved(episode)
    elif episode is None and not current.memberships.filter(valid_to__lt=on).exists():
        raise Refused(f"{current.name}从未入会，请先办理入会。")
    return _begin(
        person=current,
        on=on,
        branch=branch,
        way=MembershipStart.RESUMED,
        told=("", document),
        actor=actor,
        reopens=reopens,
    )


@transaction.atomic
def record_death(*, person: Person, on: dt.date, document: str = "", actor: User | None = None) -> Person:
    """去世: note the day, end membership, assignment, offices, roles and the account. Sends `person_died`."""
    current = hold(person)
    if current.died_on is not None:
        raise Refused(f"{current.name}于 {current.died_on} 去世，已登记过；登记有误的，请用“更正登记”。")
    _membership, closed = _ended(
        current, on=on, way=MembershipEnd.DECEASED, counterpart="", document=document, actor=actor
    )
    closed |= end_places(current, on=on) | {"offices": end_offices({current.pk: on}).get(current.pk, [])}
    current.refresh_from_db()
    current.died_on = on
    saved(current, fields=["died_on", "updated_at"])
    if current.user is not None:
        roles = RoleAssignment.objects.filter(user=current.user, valid_from__lte=on).in_force(on=on)
        closed |= {"account": current.user.is_active, "roles": [ended(one) for one in roles]}
        current.user.is_active = False
        current.user.save(update_fields=["is_active"])
        roles.update(valid_to=on)
        subject, step = current.user.staff_number, "停用账号（去世）"
        log_access(user=actor, action=Access.ACCOUNT, kind="accounts.user", subject=subject, purpose=step)
    signals.person_died.send(Person, person=current, on=on)
    note([Note(current.pk, MembershipChange.DEATH, on, closed)], actor=actor)
    return current


@transaction.atomic
def move_to_branch(
    *, person: Person, branch: Branch, on: dt.date, document: str = "", actor: User | None = None
) -> BranchAssignment:
    """调整分工会: let a person belong to the branch from the day. Refused when he does, and for the departed."""
    current = hold(person)
    if _belongs(current, branch, on=on):
        raise Refused(f"{current.name}在 {on} 已属于{branch.name}。", field="branch")
    last = current.memberships.order_by("-valid_from").first()
    if last is not None and gone(last.valid_to, last.ended_by, on=on):
        raise Refused(f"{current.name}的会籍已于 {last.valid_to} 转出，请先办理转入。", field="on")
    made = assign_branch(person=current, branch=branch, on=on)
    words = f"归入{branch.name} {on}" + (f"（{document}）" if document else "")
    note([Note(current.pk, MembershipChange.MOVE, on, {}, words)], actor=actor)
    return made


def first_day(person: Person, branch: Branch) -> dt.date:
    """Return the day a place begins of which nobody says since when: the first in the school, not before the branch."""
    today = timezone.localdate()
    day = min(person.employed_on or today, today)
    return max(day, branch.founded_on or day)


def gone(until: dt.date | None, way: str, *, on: dt.date) -> bool:
    """Tell whether a last membership says that the person has left the school by the day."""
    return until is not None and until < on and way == MembershipEnd.TRANSFERRED_OUT


def _belongs(person: Person, branch: Branch, *, on: dt.date) -> bool:
    place = person.assignments.order_by("-valid_from").first()
    return bool(place is not None and place.branch_id == branch.pk and place.holds(on=on))
