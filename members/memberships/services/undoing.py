"""Undoing what was recorded of a membership: what a step closed is opened again, what cannot be is named.

Every function tells what came back and what is left to the officer. Refused while something later rests on the step:
that is put right first.
"""

import datetime as dt
from typing import Any

from django.utils import timezone

from members.branches.models import BranchAssignment
from members.branches.services.checks import Undone, end_before
from members.branches.services.corrections import reopen_offices, reopen_places, take_back
from members.memberships import signals
from members.memberships.enums import MembershipChange, MembershipEnd, MembershipStart
from members.memberships.models import Membership, RegisterEntry
from members.memberships.services.entries import note_correction, noted
from members.people.enums import Employment, MembershipState, PersonKind
from members.people.models import Person
from union_portal.accounts.models import RoleAssignment, User
from union_portal.base.errors import Refused
from union_portal.base.steps import saved

_DAY = dt.timedelta(days=1)
_UNKNOWN = "这项登记没有留下当时的工会任职，请核对是否需要重新登记任职。"


def undo_retirement(person: Person, *, on: dt.date) -> Undone:
    """Let the person not have retired on the day."""
    told = Undone()
    entry = noted(person, change=MembershipChange.RETIRE, on=on)
    held = person.memberships.filter(valid_to=on, ended_by=MembershipEnd.RETIRED).first()
    if held is not None:
        retained = person.memberships.filter(began_by=MembershipStart.RETAINED, valid_from=on + _DAY).first()
        _nothing_later(person, held, but=retained)
        if retained is not None:
            if retained.valid_to is not None:
                raise Refused(_first(retained.get_ended_by_display(), retained.valid_to))
            retained.delete()
        _reopen(held, told, entry)
    before = entry.closed if entry else {}
    if person.retired_on == on:
        person.retired_on, person.kind = None, before.get("kind", PersonKind.STAFF)
        retired = person.employment == Employment.RETIRED
        person.employment = before.get("employment", "" if retired else person.employment)
        saved(person, fields=["retired_on", "kind", "employment", "updated_at"])
    _offices(entry, held, told)
    return _returned(person, on=on, change=MembershipChange.RETIRE, told=told)


def undo_end(person: Person, *, on: dt.date, change: MembershipChange, way: MembershipEnd) -> Undone:
    """Let the membership not have ended on the day by leaving or transfer."""
    told = Undone()
    entry = noted(person, change=change, on=on)
    held = person.memberships.filter(valid_to=on, ended_by=way).first()
    if held is None:
        raise Refused(f"没有找到 {on} 的这项登记，请刷新页面核对。")
    _nothing_later(person, held)
    if entry is not None:
        held.counterpart = entry.closed.get("counterpart", held.counterpart)
    _reopen(held, told, entry)
    _places(person, entry, on=on, told=told)
    _offices(entry, held, told)
    told.left += _forestalled(person, on=on, way=way)
    return _returned(person, on=on, change=change, told=told)


def undo_death(person: Person, *, on: dt.date) -> Undone:
    """Let the person be alive: membership, branch, offices, roles and the account come back."""
    told = Undone()
    entry = noted(person, change=MembershipChange.DEATH, on=on)
    person.died_on = None
    saved(person, fields=["died_on", "updated_at"])
    held = person.memberships.filter(valid_to=on, ended_by=MembershipEnd.DECEASED).first()
    if held is not None:
        _reopen(held, told, entry)
    _places(person, entry, on=on, told=told)
    _offices(entry, held, told)
    told.left += _forestalled(person, on=on, way=MembershipEnd.DECEASED)
    _account(person, entry, on=on, told=told)
    return _returned(person, on=on, change=MembershipChange.DEATH, told=told)


def _account(person: Person, entry: RegisterEntry | None, *, on: dt.date, told: Undone) -> None:
    """Open the account and its roles again as they were before the death."""
    if person.user is None:
        return
    if entry is None or entry.closed.get("account"):
        person.user.is_active = True
        person.user.save(update_fields=["is_active"])
        told.restored.append("账号")
    for kept in entry.closed.get("roles", []) if entry else []:
        role = RoleAssignment.objects.filter(pk=kept[0], valid_to=on).first()
        if role is not None:
            RoleAssignment.objects.filter(pk=role.pk).update(valid_to=end_before(kept))
            told.restored.append(f"角色“{role.get_role_display()}”")
    if entry is None:
        told.left.append("请核对此人账号的角色。")


def undo_start(person: Person, *, on: dt.date, change: MembershipChange) -> Undone:
    """Let the membership not have begun on the day; what was resumed by it is retained again."""
    told = Undone()
    entry, held = noted(person, change=change, on=on), person.memberships.filter(valid_from=on).first()
    if held is None:
        raise Refused(f"没有找到 {on} 的这项登记，请刷新页面核对。")
    if held.valid_to is not None:
        raise Refused(_first(held.get_ended_by_display(), held.valid_to))
    office = person.offices.filter(valid_from__gte=on).select_related("term__branch").first()
    if office is not None:
        raise Refused(
            f"此人自 {office.valid_from} 起任{office.term.branch.name}{office.get_position_display()}，请先处理任职。"
        )
    document = entry.closed.get("retained") if entry else None
    held.delete()
    if held.began_by == MembershipStart.RESUMED:
        before = person.memberships.filter(valid_to=on - _DAY, ended_by=MembershipEnd.RESUMED).first()
        if before is not None:
            _reopen(before, told)
        elif document is not None:
            kept = MembershipState.RETAINED
            saved(
                Membership(
                    person=person, valid_from=on, state=kept, began_by=MembershipStart.RETAINED, document=document
                )
            )
            told.restored.append("保留会籍")
    place = _begun_with(entry)
    if place is not None:
        take_back(place)
    return _returned(person, on=on, change=change, told=told)


def move_start(person: Person, *, on: dt.date, change: MembershipChange, to: dt.date) -> Undone:
    """Let the membership have begun on another day; what was resumed by it and the first branch follow."""
    entry, held = noted(person, change=change, on=on), person.memberships.filter(valid_from=on).first()
    if held is None:
        raise Refused(f"没有找到 {on} 的这项登记，请刷新页面核对。")
    before = person.memberships.filter(valid_to=on - _DAY, ended_by=MembershipEnd.RESUMED).first()
    held.valid_from = to
    if before is not None:
        before.valid_to = to - _DAY
    # Whichever makes room goes first.
    for row in [held, before] if to > on else [before, held]:
        if row is not None:
            saved(row)
    place = _begun_with(entry)
    if place is not None and place.valid_from == on:
        from_nowhere = not person.assignments.filter(valid_to=on - _DAY).exists()
        if from_nowhere:
            place.valid_from = to
            saved(place)
    return Undone()


def forestall_retirement(person: Person, *, on: dt.date, way: MembershipEnd, actor: User | None) -> None:
    """Take back a retirement that does not come to pass, because the membership ends before its day.

    A retirement of the past is forestalled by a death only, which may have been recorded late.
    """
    died = way == MembershipEnd.DECEASED
    ahead = on if died else on + _DAY
    held = person.memberships.filter(valid_from__lte=on, valid_to__gte=ahead, ended_by=MembershipEnd.RETIRED).first()
    if held is None or (not died and held.valid_to < timezone.localdate()):
        return
    day = held.valid_to
    undo_retirement(person, on=day)
    change = MembershipChange.RETIRE
    words, why = f"更正：退休 {day} 未发生", _why_forestalled(way, on)
    note_correction(person, change=change, on=day, words=words, why=why, actor=actor)


def _forestalled(person: Person, *, on: dt.date, way: MembershipEnd) -> list[str]:
    """Name the retirement that the end took back: it is not recorded again by itself."""
    found = person.entries.filter(correction=True, reason=_why_forestalled(way, on)).order_by("-pk").first()
    if found is None or person.retired_on is not None:
        return []
    return [f"此前登记的 {found.on} 退休已随之撤回，仍然有效的请重新办理退休。"]


def _why_forestalled(way: MembershipEnd, on: dt.date) -> str:
    return f"此前已登记{way.label}（{on}）"


def _reopen(held: Membership, told: Undone, entry: RegisterEntry | None = None) -> None:
    """Let the membership go on, with the document that it had before."""
    held.valid_to, held.ended_by = None, ""
    if entry is not None:
        held.document = entry.closed.get("document", held.document)
    saved(held)
    told.restored.append("在职会籍" if held.state == MembershipState.ACTIVE else "保留会籍")


def _nothing_later(person: Person, held: Membership, *, but: Membership | None = None) -> None:
    later = person.memberships.filter(valid_from__gt=held.valid_from).exclude(pk=but.pk if but else None)
    first = later.order_by("valid_from").first()
    if first is not None:
        raise Refused(_first(first.get_began_by_display(), first.valid_from))


def _first(what: str, day: dt.date) -> str:
    return f"此后还登记了{what}（{day}），请先更正该登记，再更正这一项。"


def _offices(entry: RegisterEntry | None, held: Membership | None, told: Undone) -> None:
    if entry is not None:
        reopen_offices(entry.closed.get("offices", []), told=told)
    elif held is not None:
        told.left.append(_UNKNOWN)


def _places(person: Person, entry: RegisterEntry | None, *, on: dt.date, told: Undone) -> None:
    """Open the branch assignments again; of an older register those that ended on the same day."""
    if entry is not None:
        closed = entry.closed
        reopen_places(person, places=closed.get("places", []), removed=closed.get("removed", []), told=told)
        return
    last = person.assignments.order_by("-valid_from").first()
    if last is not None and last.valid_to == on:
        reopen_places(person, places=[[last.pk, None]], told=told)


def _begun_with(entry: RegisterEntry | None) -> BranchAssignment | None:
    key: Any = entry.closed.get("assignment") if entry else None
    return BranchAssignment.objects.filter(pk=key).select_related("branch").first() if key else None


def _returned(person: Person, *, on: dt.date, change: MembershipChange, told: Undone) -> Undone:
    signals.person_returned.send(Person, person=person, on=on, change=change, told=told)
    return told
