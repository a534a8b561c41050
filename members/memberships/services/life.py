"""The steps of a membership taken in memory, from the first day on, of somebody of whom the register holds nothing.

They are judged by the checks and written by the writers of the steps themselves; what does not go through here is left
to the services, which say why. `members.register.services.lives` writes many such lives at once.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from django.utils import timezone

from members.branches.models import Branch, BranchAssignment
from members.branches.services.checks import ended, standing
from members.memberships.enums import ENDS, RECORD, STARTS, MembershipChange, MembershipEnd, MembershipStart
from members.memberships.models import Membership
from members.memberships.services.entries import Note
from members.memberships.services.episodes import Retirement, close, write_retirement
from members.memberships.services.steps import gone
from members.people.enums import MembershipState
from members.people.models import Person
from members.people.services import alive, may_join

_DAY = dt.timedelta(days=1)
_C = MembershipChange


class Step(NamedTuple):
    """A change as a list tells it; `branch` is a key."""

    change: str
    on: dt.date
    branch: int | None = None
    counterpart: str = ""
    document: str = ""
    retain: bool = True
    kept: bool = False


class Unfit(Exception):
    """The step does not go through here."""


class Life:
    """One person's memberships and places as the steps leave them, the earliest first, and what is noted of each."""

    def __init__(self, person: Person, branches: Mapping[int, Branch], keys: Iterator[int]) -> None:
        self.person, self._branches, self._keys = person, branches, keys
        self.episodes: list[Membership] = []
        self.places: list[BranchAssignment] = []
        self.notes: list[Note] = []

    def take(self, step: Step) -> None:
        """Take a step; raises Unfit, or what the steps' own checks raise."""
        if step.change == _C.MOVE:
            self._move(step)
        elif step.change == _C.RETIRE:
            self._retire(step)
        elif step.change == _C.RESUME:
            self._resume(step)
        elif step.change == _C.DEATH:
            self._die(step)
        elif step.change in ENDS:
            self._leave(step)
        else:
            way = MembershipStart.RECORDED if step.change == RECORD else STARTS[_C(step.change)]
            state = MembershipState.RETAINED if step.kept else MembershipState.ACTIVE
            noted = _C.JOIN if step.change == RECORD else _C(step.change)
            self._begin(step, way, noted, {}, state=state, counterpart=step.counterpart)

    def _held(self, on: dt.date) -> Membership | None:
        return next((one for one in self.episodes if one.holds(on=on)), None)

    def _refuse_later(self, on: dt.date) -> None:
        if any(one.valid_from > on for one in (*self.episodes, *self.places)):
            raise Unfit

    def _note(self, change: MembershipChange, on: dt.date, closed: dict[str, Any], words: str = "") -> None:
        self.notes.append(Note(self.person.pk, change, on, closed, words))

    def _begin(
        self,
        step: Step,
        way: MembershipStart,
        change: MembershipChange,
        reopens: dict[str, Any],
        *,
        state: MembershipState = MembershipState.ACTIVE,
        counterpart: str = "",
    ) -> None:
        alive(self.person, on=step.on)
        may_join(self.person, on=step.on)
        if any(one.valid_to is None or one.valid_to >= step.on for one in self.episodes):
            raise Unfit
        told = {"counterpart": counterpart, "document": step.document}
        self.episodes.append(Membership(person=self.person, valid_from=step.on, began_by=way, state=state, **told))
        if step.branch is not None and not self._belongs(step.branch, step.on):
            reopens["assignment"] = self._arrive(step.branch, step.on).pk
        self._note(change, step.on, reopens)

    def _belongs(self, branch: int, on: dt.date) -> bool:
        return bool(self.places) and self.places[-1].branch_id == branch and self.places[-1].holds(on=on)

    def _arrive(self, branch: int, on: dt.date) -> BranchAssignment:
        alive(self.person, on=on)
        standing(self._branches[branch], on=on)
        last = self.places[-1] if self.places else None
        if last is not None and last.valid_from >= on:
            raise Unfit
        if last is not None and (last.valid_to is None or last.valid_to >= on):
            last.valid_to = on - _DAY
        place = BranchAssignment(pk=next(self._keys), person=self.person, branch_id=branch, valid_from=on)
        self.places.append(place)
        return place

    def _move(self, step: Step) -> None:
        last = self.episodes[-1] if self.episodes else None
        if step.branch is None or self._belongs(step.branch, step.on):
            raise Unfit
        if last is not None and gone(last.valid_to, last.ended_by, on=step.on):
            raise Unfit
        self._arrive(step.branch, step.on)
        self._note(_C.MOVE, step.on, {}, f"归入{self._branches[step.branch].name} {step.on}")

    def _retire(self, step: Step) -> None:
        held, were = self._held(step.on), {"kind": self.person.kind, "employment": self.person.employment}
        if self.person.retired_on is not None and not (held and held.began_by == MembershipStart.RESUMED):
            raise Unfit
        before = {"document": held.document} if held is not None else {}
        write_retirement(self.person, Retirement(self.person.pk, step.on, step.retain, step.document), held)
        if step.retain and held is not None:
            if any(one.valid_from > step.on for one in self.episodes):
                raise Unfit
            self._retain(step)
        self._note(_C.RETIRE, step.on, {**were, "offices": [], **before})

    def _retain(self, step: Step) -> None:
        kept = {"began_by": MembershipStart.RETAINED, "state": MembershipState.RETAINED, "document": step.document}
        self.episodes.append(Membership(person=self.person, valid_from=step.on + _DAY, **kept))

    def _resume(self, step: Step) -> None:
        alive(self.person, on=step.on)
        held = self._held(step.on)
        if held is None and not any(one.valid_to and one.valid_to < step.on for one in self.episodes):
            raise Unfit
        if held is not None:
            if held.state != MembershipState.RETAINED or held.valid_to is not None or held.valid_from == step.on:
                raise Unfit
            close(self.person, held, on=step.on - _DAY, way=MembershipEnd.RESUMED, document=step.document)
        self._begin(step, MembershipStart.RESUMED, _C.RESUME, {})

    def _ended(self, step: Step, way: MembershipEnd, counterpart: str) -> dict[str, Any]:
        self._refuse_later(step.on)
        held = self._held(step.on)
        if held is None or (way == MembershipEnd.DECEASED and held.valid_to == step.on):
            return {}
        closed = {"counterpart": held.counterpart, "document": held.document}
        held.counterpart = counterpart or held.counterpart
        close(self.person, held, on=step.on, way=way, document=step.document)
        return closed

    def _end_places(self, on: dt.date) -> dict[str, Any]:
        running = [one for one in self.places if one.holds(on=on) and one.valid_to != on]
        closed = [ended(one) for one in running]
        for one in running:
            one.valid_to = on
        return {"places": closed, "removed": [], "offices": []}

    def _leave(self, step: Step) -> None:
        if self.person.died_on is not None or self._held(step.on) is None:
            raise Unfit
        closed = self._ended(step, ENDS[_C(step.change)], step.counterpart)
        self._note(_C(step.change), step.on, closed | self._end_places(step.on))

    def _die(self, step: Step) -> None:
        if self.person.died_on is not None:
            raise Unfit
        closed = self._ended(step, MembershipEnd.DECEASED, "") | self._end_places(step.on)
        self.person.died_on, self.person.updated_at = step.on, timezone.now()
        self.person.clean()
        self._note(_C.DEATH, step.on, closed)
