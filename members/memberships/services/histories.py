"""What became of somebody's membership and places from the first day on, as the changes that lead there again."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.utils import timezone

from members.branches.models import BranchAssignment
from members.memberships.enums import ENDS, RECORD, STARTS, MembershipChange, MembershipEnd, MembershipStart
from members.memberships.models import Membership
from members.people.enums import Employment, MembershipState
from members.people.models import Person

_DAY = dt.timedelta(days=1)
_RETIRED = (Employment.RETIRED, Employment.VETERAN_RETIRED)
_CHANGE_OF_START: dict[str, str] = {way: change for change, way in STARTS.items()} | {
    MembershipStart.RECORDED: RECORD,
    MembershipStart.RETAINED: RECORD,
}
_CHANGE_OF_END: dict[str, str] = {way: change for change, way in ENDS.items()}
# Of one day: what begins, then where it leads, then what ends with it.
_STARTS, _MOVES, _ENDS = range(3)


class Change(NamedTuple):
    """A change as a list tells it; `branch` is a key."""

    on: dt.date
    change: str
    branch: int | None = None
    counterpart: str | None = None
    document: str | None = None
    retain: bool | None = None


@dataclass
class History:
    """A person's memberships and branch assignments, the earliest first."""

    person: Person
    episodes: Sequence[Membership]
    places: Sequence[BranchAssignment]

    @property
    def is_plain(self) -> bool:
        """Whether a row of the list of people tells all of it: when the membership began, the branch, a retirement."""
        if not self.episodes:
            return not self.places and self.person.died_on is None
        first, *later = self.episodes
        begun = first.began_by in {MembershipStart.JOINED, MembershipStart.RECORDED}
        told = any(one.counterpart or one.document for one in self.episodes)
        if not begun or told or self.person.died_on or len(self.places) > 1:
            return False
        home = self.places[0] if self.places else None
        since = max(first.valid_from, getattr(home and home.branch, "founded_on", None) or first.valid_from)
        if home and (home.valid_to or home.valid_from != since or home.branch.dissolved_on):
            return False
        return self._retired_plainly(first, later) if self._is_retired else not later and self._runs(first, "active")

    @property
    def _is_retired(self) -> bool:
        return self.person.employment in _RETIRED

    def _retired_plainly(self, first: Membership, later: Sequence[Membership]) -> bool:
        last = self.person.retired_on
        if not later:
            return self._runs(first, "retained") and (last is None or last < first.valid_from)
        retired = first.ended_by == MembershipEnd.RETIRED and first.valid_to == last
        kept = len(later) == 1 and self._runs(later[0], "retained") and _follows(first, later[0])
        return bool(retired and kept and last and last < timezone.localdate())

    @staticmethod
    def _runs(one: Membership, state: str) -> bool:
        return one.valid_to is None and one.state == state

    @property
    def retires_on(self) -> dt.date | None:
        """The last day in service, where a change tells of it."""
        days = (one.valid_to for one in self.episodes if one.ended_by == MembershipEnd.RETIRED)
        return next((day for day in days if day is not None), None)

    def changes(self) -> list[Change]:
        """Return what leads an empty register to this, in order."""
        found: list[tuple[dt.date, int, Change]] = []
        begun = {one.valid_from: one.branch_id for one in self.places}
        for before, one, after in zip([None, *self.episodes], self.episodes, [*self.episodes[1:], None], strict=False):
            ended = one.valid_to is not None
            said: dict[str, Any] = {"counterpart": one.counterpart or None, "document": one.document or None}
            # Resuming ends what was retained, with the document of both.
            resumed = before is not None and before.ended_by == MembershipEnd.RESUMED
            resumption = {"document": before.document or None} if before and resumed else {}
            if not (before is not None and _follows(before, one) and one.began_by == MembershipStart.RETAINED):
                kept = True if one.state == MembershipState.RETAINED else None
                way = _CHANGE_OF_START[one.began_by]
                place = begun.pop(one.valid_from, None)
                start = Change(one.valid_from, way, place, retain=kept, **(resumption if ended else said))
                found.append((one.valid_from, _STARTS, start))
            if one.valid_to is not None and one.ended_by not in {MembershipEnd.RESUMED, MembershipEnd.DECEASED}:
                retires = one.ended_by == MembershipEnd.RETIRED
                kept = (after is not None and _follows(one, after)) if retires else None
                end = Change(one.valid_to, _CHANGE_OF_END[one.ended_by], retain=kept, **said)
                found.append((one.valid_to, _ENDS, end))
        found += [(day, _MOVES, Change(day, MembershipChange.MOVE, branch)) for day, branch in begun.items()]
        if (died := self.person.died_on) is not None:
            ended_by = [one.document for one in self.episodes if one.ended_by == MembershipEnd.DECEASED]
            told = Change(died, MembershipChange.DEATH, document=next(iter(ended_by), "") or None)
            found.append((died, _ENDS, told))
        return [change for _day, _place, change in sorted(found, key=lambda one: one[:2])]


def _follows(before: Membership, one: Membership) -> bool:
    """Tell whether a retained membership goes on where one in service ended by retiring."""
    retires = before.ended_by == MembershipEnd.RETIRED and before.valid_to is not None
    return bool(retires and one.began_by == MembershipStart.RETAINED and one.valid_from - _DAY == before.valid_to)


def told(people: Sequence[Any] | None = None) -> Iterator[tuple[Person, History]]:
    """Yield everybody with a staff number (of these keys, if given), each with the history."""
    chosen = Person.objects.filter(staff_number__isnull=False)
    chosen = chosen if people is None else chosen.filter(pk__in=people)
    episodes: dict[int, list[Membership]] = {}
    for one in Membership.objects.filter(person__in=chosen.values("pk")).order_by("valid_from"):
        episodes.setdefault(one.person_id, []).append(one)
    places: dict[int, list[BranchAssignment]] = {}
    held = BranchAssignment.objects.filter(person__in=chosen.values("pk")).select_related("branch")
    for place in held.order_by("valid_from"):
        places.setdefault(place.person_id, []).append(place)
    for person in chosen.order_by("pk").only("pk", "staff_number", "name", "died_on", "retired_on", "employment"):
        yield person, History(person, episodes.get(person.pk, []), places.get(person.pk, []))
