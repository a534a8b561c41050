"""Correcting what was recorded: by a further entry with its reason, never by forgetting the first."""

import datetime as dt
from collections.abc import Callable
from typing import Any, NamedTuple

from django.db import transaction

from members.branches.models import Branch, BranchAssignment
from members.branches.services.checks import Undone
from members.branches.services.corrections import put_right, take_back
from members.memberships.enums import ENDS, STARTS, Correction, MembershipChange, MembershipEnd, MembershipStart
from members.memberships.services import steps, undoing
from members.memberships.services.entries import Note, note, note_correction, noted
from members.memberships.services.episodes import Retirement, retire_all
from members.memberships.services.renaming import last_renaming, undo_renaming
from members.people.models import Person
from members.people.services import alive, may_join
from union_portal.accounts.models import User
from union_portal.base.errors import DomainError, Refused
from union_portal.base.steps import hold

_DAY = dt.timedelta(days=1)
_CHANGE_OF_START = {way: change for change, way in STARTS.items()} | {MembershipStart.RECORDED: MembershipChange.JOIN}
_CHANGE_OF_END = {way: change for change, way in ENDS.items()}

_WHOLE = {MembershipChange.RETIRE: undoing.undo_retirement, MembershipChange.DEATH: undoing.undo_death}


class Act(NamedTuple):
    """Something recorded of a person that may be corrected."""

    change: MembershipChange
    on: dt.date
    words: str
    branch: str = ""

    @property
    def key(self) -> str:
        """What a form calls it."""
        return f"{self.change}:{self.on.isoformat()}"

    def __str__(self) -> str:
        return f"{self.words} {self.on}"


class Corrected(NamedTuple):
    """What a correction came to: in words, what came back, and what is left to the officer."""

    words: str
    restored: list[str]
    left: list[str]

    def __str__(self) -> str:
        """Say all of it, as the page does."""
        return said(self.words, self.restored, self.left)


def said(words: str, restored: list[str], left: list[str]) -> str:
    """Return what was put right, what came back and what did not, in this order."""
    back = f"已恢复：{'、'.join(restored)}。" if restored else ""
    open_ = f"未恢复、请接着处理：{''.join(left)}" if left else ""
    return f"{words}。{back}{open_}"


def acts(person: Person) -> list[Act]:
    """Return what is recorded of the person, the newest first."""
    found: dict[str, Act] = {}
    for one in person.memberships.all():
        if one.began_by != MembershipStart.RETAINED:
            _add(found, Act(_CHANGE_OF_START[one.began_by], one.valid_from, one.get_began_by_display()))
        if one.valid_to is not None and one.ended_by != MembershipEnd.RESUMED:
            _add(found, Act(_CHANGE_OF_END[one.ended_by], one.valid_to, one.get_ended_by_display()))
    if person.retired_on is not None:
        _add(found, Act(MembershipChange.RETIRE, person.retired_on, MembershipChange.RETIRE.label))
    if person.died_on is not None:
        _add(found, Act(MembershipChange.DEATH, person.died_on, MembershipChange.DEATH.label))
    for place in person.assignments.select_related("branch"):
        name = place.branch.name
        _add(found, Act(MembershipChange.MOVE, place.valid_from, f"归入{name}", name))
    if renamed := last_renaming(person):
        _add(found, Act(MembershipChange.RENAME, renamed.on, MembershipChange.RENAME.label))
    return sorted(found.values(), key=lambda act: (act.on, act.change != MembershipChange.MOVE), reverse=True)


def _add(found: dict[str, Act], act: Act) -> None:
    found.setdefault(act.key, act)


@transaction.atomic
def correct(
    *,
    person: Person,
    act: str,
    how: str,
    why: str,
    on: dt.date | None = None,
    branch: Branch | None = None,
    actor: User | None = None,
) -> Corrected:
    """更正: let what was recorded not have happened, or on another day, or in another branch.

    What it did comes back (membership, branch, offices, roles, the account; by `person_returned` also what hangs on
    them above); what does not is named. The entry of the correction says who, when and why; the first one stays.
    """
    current = hold(person)
    found = next((one for one in acts(current) if one.key == act), None)
    if found is None:
        raise Refused("这项登记已不在册，请刷新页面核对。", field="act")
    if not why.strip():
        raise DomainError("请写明更正的原因。", field="why")
    words = f"更正：{found} {_asked(found, how, on, branch)}"
    day = on if how == Correction.DAY else None
    again = _again(current, found, actor)
    told = _undo(current, found, how, day=day, branch=branch)
    if day is not None:
        # What came back ends again with the other day: nothing is left to look after.
        told = Undone()
    given: dict[str, Any] = {"words": words, "why": why.strip(), "actor": actor, "told": told}
    note_correction(current, change=found.change, on=found.on, **given)
    if day is not None:
        again(day)
    return Corrected(words, told.restored, told.left)


def _asked(found: Act, how: str, on: dt.date | None, branch: Branch | None) -> str:
    """Return what is right, in words; refuse what was not told or is no correction."""
    if how == Correction.DAY:
        if on is None:
            raise DomainError("请填写正确的日期。", field="on")
        if on == found.on:
            raise Refused(f"原来登记的就是 {on}。", field="on")
        return f"应为 {on}"
    if how == Correction.BRANCH:
        if found.change != MembershipChange.MOVE:
            raise Refused("只有“归入分工会”的登记可以更正分工会。", field="how")
        if branch is None:
            raise DomainError("请选择正确的分工会。", field="branch")
        if branch.name == found.branch:
            raise Refused(f"原来登记的就是{branch.name}。", field="branch")
        return f"应为{branch.name}"
    return "未发生"


def _undo(person: Person, found: Act, how: str, *, day: dt.date | None, branch: Branch | None) -> Undone:
    """Take back what was recorded; what only moves to another day or branch moves."""
    if found.change == MembershipChange.MOVE:
        return _correct_move(person, found, how, day=day, branch=branch)
    if found.change == MembershipChange.RENAME:
        return undo_renaming(person) if day is None else Undone()  # the name stays, its day moves
    if found.change in STARTS and day is None:
        return undoing.undo_start(person, on=found.on, change=found.change)
    if found.change in STARTS and day is not None:
        may_join(person, on=day)
        return undoing.move_start(person, on=found.on, change=found.change, to=day)
    if found.change in _WHOLE:
        return _WHOLE[found.change](person, on=found.on)
    return undoing.undo_end(person, on=found.on, change=found.change, way=ENDS[found.change])


def _correct_move(person: Person, found: Act, how: str, *, day: dt.date | None, branch: Branch | None) -> Undone:
    place: BranchAssignment = person.assignments.select_related("branch").get(valid_from=found.on)
    if how == Correction.NEVER:
        take_back(place)
        belongs = person.assignments.filter(valid_to=None).select_related("branch").first()
        if belongs is not None:
            return Undone(restored=[f"在{belongs.branch.name}的归属"])
        return Undone(left=[f"{person.name}目前不属于任何分工会，请另行登记。"])
    if day is not None:
        alive(person, on=day)
    put_right(place, branch=branch if how == Correction.BRANCH else None, on=day)
    return Undone()


def _again(person: Person, found: Act, actor: User | None) -> Callable[[dt.date], Any]:
    """Return how the same is recorded for another day, with what it said the first time."""
    change = found.change
    if change == MembershipChange.MOVE or change in STARTS:
        entry = noted(person, change=change, on=found.on)
        closed = entry.closed if entry is not None else {}
        return lambda on: note([Note(person.pk, change, on, closed, f"{found.words} {on}")], actor=actor)
    if change == MembershipChange.RENAME:
        entry = noted(person, change=change, on=found.on)
        closed = entry.closed if entry is not None else {}
        words = f"{closed.get('name')} → {closed.get('to')}"
        return lambda on: note([Note(person.pk, change, on, closed, f"{found.words} {on}：{words}")], actor=actor)
    held = person.memberships.filter(valid_to=found.on).first()
    document, counterpart = (held.document, held.counterpart) if held else ("", "")
    if change == MembershipChange.RETIRE:
        kept = {"began_by": MembershipStart.RETAINED, "valid_from": found.on + _DAY}
        retain = person.memberships.filter(**kept).exists() if held else True
        return lambda on: retire_all([Retirement(person.pk, on, retain, document)], actor=actor)
    if change == MembershipChange.DEATH:
        return lambda on: steps.record_death(person=person, on=on, document=document, actor=actor)
    told: dict[str, Any] = {"way": ENDS[change], "counterpart": counterpart, "document": document, "actor": actor}
    return lambda on: steps.end(person=person, on=on, **told)
