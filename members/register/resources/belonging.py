"""Memberships and branch assignments behind the HR spreadsheet: read and judged for all rows, written by services."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from members.branches.models import Branch, BranchAssignment
from members.branches.services.assignments import Arrival, Places
from members.memberships.enums import Correction, MembershipChange, MembershipEnd, MembershipStart
from members.memberships.models import Membership
from members.memberships.services.corrections import correct
from members.memberships.services.entries import Note, note
from members.memberships.services.episodes import Episode, Retirement, begin_all, correct_starts, retire_all
from members.memberships.services.steps import gone
from members.people.enums import MembershipState, PersonKind
from members.people.models import Person
from members.people.services import alive, begins_wrongly
from members.register.resources.questions import JOINED, JOINED_ON, MOVED_ON, NEWCOMERS, RECORDED_ON
from members.register.resources.retiring import RETIRED, Retirements
from union_portal.base.errors import Refused
from union_portal.base.importing.rows import Row
from union_portal.base.sql import among

_DAY = dt.timedelta(days=1)


@dataclass
class Chain:
    """Episodes of a person's membership that follow each other without a gap, the latest such chain."""

    first: int
    start: dt.date
    first_end: dt.date | None
    end: dt.date | None
    # The beginning of its last episode, where that is an active one.
    active_since: dt.date | None
    before: dt.date | None = None
    began_by: str = ""
    ended_by: str = ""
    # The last day in service of who has retired.
    retired_on: dt.date | None = None

    def runs(self, *, on: dt.date) -> bool:
        """Tell whether the person is a member on the day or will be."""
        return self.end is None or self.end >= on


class Belonging:
    """What the register knows of memberships and branches of the file's people, and what the file makes of it."""

    def __init__(
        self,
        *,
        today: dt.date,
        lock: bool = False,
        answers: Mapping[str, Any] | None = None,
        asked: set[str] | None = None,
    ) -> None:
        self.today = today
        self.retirements = Retirements(today=today, asked=asked or set())
        self.lock = lock
        # What was answered to the questions of `questions.py`.
        self.answers = answers or {}
        self._chains: dict[int, Chain] = {}

    def load(self, pks: Sequence[Any]) -> Mapping[Any, Mapping[str, Any]]:
        """Return by person whether a member, since when, and the branch today or last."""
        self._places = Places(pks, lock=self.lock)
        episodes = Membership.objects.filter(among("person", pks)).order_by("person", "valid_from")
        found = episodes.values_list("person_id", "pk", "valid_from", "valid_to", "state", "began_by", "ended_by")
        for person, pk, start, end, state, begun, way in found:
            chain, active = self._chains.get(person), start if state == MembershipState.ACTIVE else None
            if chain is not None and chain.end is not None and start == chain.end + _DAY:
                chain.end, chain.active_since = end, active
            else:
                chain = self._chains[person] = Chain(pk, start, end, end, active, before=chain.end if chain else None)
                chain.began_by = begun
            chain.ended_by = way
            if way == MembershipEnd.RETIRED:
                chain.retired_on = end
        return {pk: self._values(pk) for pk in pks}

    def _values(self, pk: Any) -> dict[str, Any]:
        chain, place = self._chains.get(pk), self._places.last.get(pk)
        return {
            "member": chain is not None and chain.runs(on=self.today),
            "joined_on": chain.start if chain else None,
            "began_by": chain.began_by if chain else None,
            "branch": place.branch if place and place.runs(on=self.today) else None,
        }

    # -- judging -----------------------------------------------------------------------------------------------------

    def judge(self, row: Row) -> None:
        """Refuse what contradicts the register, and what the services would refuse."""
        chain = self._chains.get(row.pk)
        self.retirements.settle(row, sits=self._sits(chain))
        joined, member = row.values.get("joined_on"), row.values.get("member")
        if joined is not None and (wrong := begins_wrongly(row.get("birth_date"), joined, today=self.today)):
            row.fault("joined_on", wrong)
        if member is False and joined is not None:
            row.fault("member", "写的是非会员，却填了入会时间")
        if "joined_on" in row.values and joined is None and chain is not None:
            row.fault("joined_on", "入会时间不能清空")
        if chain is not None:
            self._judge_chain(row, chain, joined=joined, member=member)
        if "branch" in row.values and row.values["branch"] is None:
            row.fault("branch", "所属分工会不能清空；如已离开，请登记会籍终止")
        told = "employment" if "employment" in row.values else "retired_on"
        judges = (
            ("branch", self._judge_place),
            ("joined_on", self._judge_dead),
            (told, self._judge_retirement),
            ("retired_on", self._judge_redated),
        )
        for key, check in judges:
            try:
                check(row)
            except Refused as refused:
                row.fault(key, str(refused))

    def _judge_chain(self, row: Row, chain: Chain, *, joined: dt.date | None, member: bool | None) -> None:
        running, begun = chain.runs(on=self.today), row.values.get("began_by")
        if begun is not None and begun != chain.began_by and not self._begins(row):
            words = MembershipStart(chain.began_by).label
            row.fault("began_by", f"已登记的是“{words}”，请在人员页面用“更正登记”")
        if member is False and running:
            row.fault("member", "名册中是会员；请用会籍变动登记终止")
        elif not running and (member or joined is not None) and (joined is None or joined != chain.start or member):
            if joined is None or chain.end is None or joined <= chain.end:
                row.fault("joined_on" if joined else "member", f"会籍已于 {chain.end} 终止；请填写重新入会的日期")
        elif running and joined is not None and joined != chain.start:
            late = chain.first_end is not None and joined > chain.first_end
            if late or (chain.before is not None and joined <= chain.before):
                row.fault("joined_on", "与此人的另一段会籍重叠")

    def _judge_place(self, row: Row) -> None:
        arrival, chain = self._arrival(row), self._chains.get(row.pk)
        if arrival is None:
            return
        self._places.check(arrival)
        if chain is not None and gone(chain.end, chain.ended_by, on=arrival.on) and not self._begins(row):
            raise Refused(f"会籍已于 {chain.end} 转出，不再属于任何分工会；如已回校，请填写入会时间")

    def _judge_dead(self, row: Row) -> None:
        dead = self._places.dead.get(row.pk)
        if dead is not None and self._begins(row):
            alive(dead, on=row.values.get("joined_on") or self.today)

    def _judge_retirement(self, row: Row) -> None:
        one, chain = self._retirement(row), self._chains.get(row.pk)
        if one is None or chain is None:
            return
        if row.pk in self._places.dead:
            alive(self._places.dead[row.pk], on=one.on)
        if chain.end is not None:
            raise Refused(f"会籍已登记于 {chain.end} 终止")
        since = row.values.get("joined_on") if chain.active_since == chain.start else None
        if one.on < (since or chain.active_since or one.on):
            raise Refused(f"在职会籍自 {since or chain.active_since} 起，请填写此后的退休时间")

    def _judge_redated(self, row: Row) -> None:
        """Judge another day for a retirement that is recorded: it is corrected, unless something rests on it."""
        redated, chain = self._redated(row), self._chains.get(row.pk)
        if redated is None or chain is None:
            return
        if chain.active_since is not None or chain.end not in (None, redated[0]):
            raise Refused(f"已登记于 {redated[0]} 退休，此后会籍又有变动，请在人员页面用“更正登记”逐项更正")
        if redated[1] < chain.start:
            raise Refused(f"会籍自 {chain.start} 起，请填写此后的退休时间")

    # -- what a row asks for -----------------------------------------------------------------------------------------

    def _begins(self, row: Row) -> bool:
        """Tell whether the row begins a membership."""
        chain, joined = self._chains.get(row.pk), row.values.get("joined_on")
        if chain is None:
            return joined is not None or bool(row.values.get("member"))
        return joined is not None and joined != chain.start and not chain.runs(on=self.today)

    def is_or_becomes_member(self, row: Row) -> bool:
        """Tell whether the person is a member once the row is saved."""
        chain = self._chains.get(row.pk)
        return self._begins(row) or (chain is not None and chain.runs(on=self.today))

    def _retirement(self, row: Row) -> Retirement | None:
        """Return the retirement of a sitting member of which the row is the first to tell."""
        return self.retirements.told(row) if self._sits(self._chains.get(row.pk)) else None

    def _sits(self, chain: Chain | None) -> bool:
        """Tell whether a membership in service runs."""
        return chain is not None and chain.active_since is not None and chain.runs(on=self.today)

    def _redated(self, row: Row) -> tuple[dt.date, dt.date] | None:
        chain = self._chains.get(row.pk)
        return self.retirements.redated(row, ended_on=chain.retired_on) if chain is not None else None

    def asks(self, rows: Sequence[Row]) -> set[str]:
        """Return which questions these rows make matter."""
        sound = [row for row in rows if not row.faults]
        asked: set[str] = set()
        for row in sound:
            if self._begins(row) and row.values.get("joined_on") is None:
                retired = row.get("employment") in RETIRED
                asked |= set() if retired else {NEWCOMERS, JOINED_ON}
                if row.get("employed_on") is None and (retired or self.answers.get(NEWCOMERS) != JOINED):
                    asked.add(RECORDED_ON)
            if row.values.get("branch") is not None and self._moves(row):
                asked.add(MOVED_ON)
        return asked

    def _moves(self, row: Row) -> bool:
        """Tell whether the person belongs to a branch today, and the row names another."""
        place = self._places.last.get(row.pk)
        return place is not None and place.branch != row.values.get("branch") and place.runs(on=self.today)

    def _arrival(self, row: Row) -> Arrival | None:
        branch, place = row.values.get("branch"), self._places.last.get(row.pk)
        if branch is None or (place is not None and place.branch == branch and place.runs(on=self.today)):
            return None
        if self._moves(row):
            start = self.answers.get(MOVED_ON, self.today)
        else:
            start = self.today if place is not None else row.get("joined_on") or self._first_day(row)
        return Arrival(row.pk, branch, max(start, self._places.branches[branch].founded_on or start))

    def _episodes(self, row: Row) -> Iterator[Episode]:
        """Yield the episodes of a membership: retirees' goes on as a retained one from the day after retirement."""
        start, retired_on = row.values.get("joined_on") or self._first_day(row), row.get("retired_on")
        joined = row.values.get("joined_on") is not None or self._joins_now(row)
        way = MembershipStart(row.values.get("began_by") or ("joined" if joined else "recorded"))
        if row.get("employment") not in RETIRED:
            yield Episode(row.pk, start, way)
        elif retired_on is None or retired_on < start:
            yield Episode(row.pk, start, way, MembershipState.RETAINED)
        else:
            yield Episode(row.pk, start, way, MembershipState.ACTIVE, retired_on, MembershipEnd.RETIRED)
            yield Episode(row.pk, retired_on + _DAY, MembershipStart.RETAINED, MembershipState.RETAINED)

    def _joins_now(self, row: Row) -> bool:
        """Tell whether a newcomer without a day was said to join now, and not to have been a member all along."""
        return self.answers.get(NEWCOMERS) == JOINED and row.get("employment") not in RETIRED and self._begins(row)

    def _first_day(self, row: Row) -> dt.date:
        """Return the day a membership or a place begins of which the file does not say since when."""
        if self._joins_now(row):
            joined: dt.date = self.answers.get(JOINED_ON, self.today)
            return joined
        employed: dt.date = row.get("employed_on") or self.answers.get(RECORDED_ON, self.today)
        return min(employed, self.today)

    def save(self, rows: Sequence[Row], *, actor: Any = None) -> None:
        """Write the memberships and assignments that the rows ask for, set by set."""
        corrected: dict[int, dt.date] = {}
        begun: list[Episode] = []
        for row in rows:
            chain, joined = self._chains.get(row.pk), row.values.get("joined_on")
            if self._begins(row):
                begun.extend(self._episodes(row))
            elif chain is not None and joined is not None and joined != chain.start:
                corrected[chain.first] = joined
        correct_starts(corrected)
        begin_all(begun)
        retired = [one for row in rows if (one := self._retirement(row)) is not None]
        retire_all(retired, actor=actor)
        for row in rows:
            if (days := self._redated(row)) is not None:
                why = f"人事信息表的退休时间由 {days[0]} 改为 {days[1]}"
                given = {"act": f"retire:{days[0]}", "how": Correction.DAY, "on": days[1], "why": why, "actor": actor}
                correct(person=Person.objects.get(pk=row.pk), **given)
        moved = self._places.move([arrived for row in rows if (arrived := self._arrival(row)) is not None])
        note([*_begun(begun, moved), *_moved(begun, moved, self._places.branches)], actor=actor)


def _begun(episodes: Sequence[Episode], arrivals: Sequence[Arrival]) -> Iterator[Note]:
    """Yield what is recorded of memberships that the list began, each with the place that began with it."""
    days = {one.person: one.on for one in arrivals}
    places = BranchAssignment.objects.filter(among("person", {one.person for one in episodes} & days.keys()))
    keys = {(person, on): pk for person, on, pk in places.values_list("person", "valid_from", "pk")}
    for one in episodes:
        if one.began_by == MembershipStart.RETAINED:
            continue
        place = keys.get((one.person, days.get(one.person)))
        opened: dict[str, Any] = {} if place is None else {"assignment": place}
        yield Note(one.person, MembershipChange.JOIN, one.valid_from, opened)
        if one.valid_to is not None:
            before = {"kind": PersonKind.STAFF, "employment": "", "offices": []}
            yield Note(one.person, MembershipChange.RETIRE, one.valid_to, before)


def _moved(episodes: Sequence[Episode], arrivals: Sequence[Arrival], branches: Mapping[int, Branch]) -> Iterator[Note]:
    """Yield what is recorded of everybody else who belongs to another branch now."""
    joined = {one.person for one in episodes}
    for one in arrivals:
        if one.person not in joined:
            words = f"归入{branches[one.branch].name} {one.on}"
            yield Note(one.person, MembershipChange.MOVE, one.on, {}, words)
