"""Memberships and branch assignments behind the HR spreadsheet: read, judged and written for all rows at once."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models

from members.branches.models import Branch, BranchAssignment
from members.memberships.enums import MembershipEnd, MembershipStart
from members.memberships.models import Membership
from members.people.enums import Employment, MembershipState
from union_portal.base.importing.copying import copy_rows
from union_portal.base.importing.rows import Row

_DAY = dt.timedelta(days=1)
_RETIRED = (Employment.RETIRED, Employment.VETERAN_RETIRED)


@dataclass
class Chain:
    """Episodes of a person's membership that follow each other without a gap, the latest such chain."""

    first: int
    start: dt.date
    first_end: dt.date | None
    end: dt.date | None
    before: dt.date | None = None

    def runs(self, *, on: dt.date) -> bool:
        """Tell whether the person is a member on the day or will be."""
        return self.end is None or self.end >= on


class Belonging:
    """What the register knows of memberships and branches of the file's people, and what the file makes of it."""

    def __init__(self, *, today: dt.date) -> None:
        self.today = today
        self._chains: dict[int, Chain] = {}
        self._assignments: dict[int, tuple[int, int, dt.date, dt.date | None]] = {}
        self._founded: dict[int, dt.date | None] = {}

    def load(self, pks: Sequence[Any]) -> Mapping[Any, Mapping[str, Any]]:
        """Return by person whether a member, since when, and the branch today or last."""
        self._founded = dict(Branch.objects.values_list("pk", "founded_on"))
        episodes = Membership.objects.filter(person__in=pks).order_by("person", "valid_from")
        for person, pk, start, end in episodes.values_list("person_id", "pk", "valid_from", "valid_to"):
            chain = self._chains.get(person)
            if chain is not None and chain.end is not None and start == chain.end + _DAY:
                chain.end = end
            else:
                self._chains[person] = Chain(pk, start, end, end, before=chain.end if chain else None)
        places = BranchAssignment.objects.filter(person__in=pks).order_by("person", "valid_from")
        for person, *place in places.values_list("person_id", "pk", "branch_id", "valid_from", "valid_to"):
            self._assignments[person] = (place[0], place[1], place[2], place[3])
        return {pk: self._values(pk) for pk in pks}

    def _values(self, pk: Any) -> dict[str, Any]:
        chain, place = self._chains.get(pk), self._assignments.get(pk)
        running = place is not None and (place[3] is None or place[3] >= self.today)
        return {
            "member": chain is not None and chain.runs(on=self.today),
            "joined_on": chain.start if chain else None,
            "branch": place[1] if place and running else None,
        }

    # -- judging -----------------------------------------------------------------------------------------------------

    def judge(self, row: Row) -> None:
        """Refuse what contradicts the memberships and assignments of the register."""
        chain = self._chains.get(row.pk)
        joined, member = row.values.get("joined_on"), row.values.get("member")
        if joined is not None and joined > self.today:
            row.fault("joined_on", f"{joined} 尚未到来")
        if member is False and joined is not None:
            row.fault("member", "写的是非会员，却填了入会时间")
        if "joined_on" in row.values and joined is None and chain is not None:
            row.fault("joined_on", "入会时间不能清空")
        if chain is not None:
            self._judge_chain(row, chain, joined=joined, member=member)
        if "branch" in row.values and row.values["branch"] is None:
            row.fault("branch", "所属分工会不能清空；如已离开，请登记会籍终止")
        self._judge_branch(row)

    def _judge_chain(self, row: Row, chain: Chain, *, joined: dt.date | None, member: bool | None) -> None:
        running = chain.runs(on=self.today)
        if member is False and running:
            row.fault("member", "名册中是会员；请用会籍变动登记终止")
        elif not running and (member or joined is not None) and (joined is None or joined != chain.start or member):
            if joined is None or chain.end is None or joined <= chain.end:
                row.fault(
                    "joined_on" if joined else "member",
                    f"会籍已于 {chain.end} 终止；请填写重新入会的日期",
                )
        elif running and joined is not None and joined != chain.start:
            late = chain.first_end is not None and joined > chain.first_end
            if late or (chain.before is not None and joined <= chain.before):
                row.fault("joined_on", "与此人的另一段会籍重叠")

    def _judge_branch(self, row: Row) -> None:
        place, branch = self._assignments.get(row.pk), row.values.get("branch")
        moves = place is not None and branch is not None and branch != place[1]
        if place is not None and moves and place[2] > self.today:
            row.fault("branch", f"已登记于 {place[2]} 转到其他分工会")

    # -- writing -----------------------------------------------------------------------------------------------------

    def save(self, rows: Sequence[Row]) -> None:
        """Write the memberships and assignments that the rows ask for, set by set."""
        corrected: list[Membership] = []
        begun: list[tuple[Any, ...]] = []
        for row in rows:
            chain = self._chains.get(row.pk)
            joined, member = row.values.get("joined_on"), row.values.get("member")
            if chain is not None and (joined is None or joined == chain.start):
                continue
            if chain is not None and joined is not None and chain.runs(on=self.today):
                corrected.append(Membership(pk=chain.first, valid_from=joined))
            elif joined is not None or member:
                begun.extend(self._episodes(row, joined=joined))
        if corrected:
            Membership.objects.bulk_update(corrected, ["valid_from"], batch_size=1000)
        if begun:
            names = ("person", "valid_from", "valid_to", "state", "began_by", "ended_by", "counterpart", "document")
            copy_rows(Membership, _fields(Membership, names), begun)
        self._save_assignments(rows)

    def _episodes(self, row: Row, *, joined: dt.date | None) -> Iterator[tuple[Any, ...]]:
        """Yield the episodes of a membership: retirees' goes on as a retained one from the day after retirement."""
        way = MembershipStart.JOINED if joined else MembershipStart.RECORDED
        start = joined or self._first_day(row)
        retired_on = row.get("retired_on")
        if row.get("employment") not in _RETIRED:
            yield row.pk, start, None, MembershipState.ACTIVE, way, "", "", ""
        elif retired_on is None or retired_on < start:
            yield row.pk, start, None, MembershipState.RETAINED, way, "", "", ""
        else:
            yield row.pk, start, retired_on, MembershipState.ACTIVE, way, MembershipEnd.RETIRED, "", ""
            yield (
                *(row.pk, retired_on + _DAY, None, MembershipState.RETAINED, MembershipStart.RETAINED),
                *("", "", ""),
            )

    def _first_day(self, row: Row) -> dt.date:
        """Return the day a place begins of which the file does not say since when."""
        employed: dt.date = row.get("employed_on") or self.today
        return min(employed, self.today)

    def _save_assignments(self, rows: Sequence[Row]) -> None:
        closed: list[int] = []
        corrected: list[BranchAssignment] = []
        begun: list[tuple[Any, ...]] = []
        for row in rows:
            branch, place = row.values.get("branch"), self._assignments.get(row.pk)
            running = place is not None and (place[3] is None or place[3] >= self.today)
            if branch is None or (place is not None and running and place[1] == branch):
                continue
            if place is not None and running and place[2] == self.today:
                corrected.append(BranchAssignment(pk=place[0], branch_id=branch))
                continue
            if place is not None and running:
                closed.append(place[0])
            start = self.today if place is not None else row.get("joined_on") or self._first_day(row)
            begun.append((row.pk, branch, max(start, self._founded.get(branch) or start), None))
        BranchAssignment.objects.filter(pk__in=closed).update(valid_to=self.today - _DAY)
        BranchAssignment.objects.bulk_update(corrected, ["branch"])
        if begun:
            names = ("person", "branch", "valid_from", "valid_to")
            copy_rows(BranchAssignment, _fields(BranchAssignment, names), begun)


def _fields(model: type[models.Model], names: Sequence[str]) -> list[Any]:
    return [model._meta.get_field(name) for name in names]  # noqa: SLF001
