"""Changes of membership by list: joining, transfers, retirement, leaving, death, moves between branches."""

import datetime as dt
from collections.abc import Collection, Container, Iterator, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.db.models import Model
from django.utils import timezone

from members.branches.models import Branch, BranchAssignment
from members.branches.resources import branch_parser
from members.memberships.enums import ENDS, LISTED, RECORD, STARTS, MembershipChange, MembershipStart
from members.memberships.models import Membership, RegisterEntry
from members.memberships.services import histories
from members.memberships.services import steps as memberships
from members.memberships.services.entries import note_taken_back
from members.memberships.services.life import Life, Step
from members.people.enums import MembershipState
from members.people.models import Person
from members.people.resources import OPTIONAL_NAME, STAFF_NUMBER, people_by_number, person_of
from members.register.services import lives
from union_portal.base.errors import DomainError
from union_portal.base.importing.copying import settle_constraints
from union_portal.base.importing.kinds import ImportKind, register_kind
from union_portal.base.importing.lists import column_of
from union_portal.base.importing.preview import Status
from union_portal.base.importing.rows import Row
from union_portal.base.importing.services import RowResource
from union_portal.base.spreadsheets.columns import Column
from union_portal.base.spreadsheets.dates import Date
from union_portal.base.spreadsheets.parsers import Boolean, Choice, spoken

_BEGINNINGS: dict[Any, MembershipStart] = {**STARTS, RECORD: MembershipStart.RECORDED}
_CHANGES: dict[Any, str] = {**LISTED, RECORD: str(MembershipStart.RECORDED.label)}
_WORDS = spoken(
    {
        MembershipChange.JOIN: "新入会",
        MembershipChange.TRANSFER_IN: "调入",
        MembershipChange.TRANSFER_OUT: "调出",
        MembershipChange.DEATH: "死亡",
        MembershipChange.MOVE: "分工会调整 校内调动",
    }
)


@register_kind
class MembershipResource(RowResource):
    """One change per row; `日期` is the first day of what begins and the last day of what ends."""

    kind = ImportKind(
        key="memberships",
        label="会籍变动",
        columns=(
            STAFF_NUMBER,
            OPTIONAL_NAME,
            Column(
                key="change",
                label="变动类型",
                synonyms=("变动", "类型", "变动类别"),
                parser=Choice(_CHANGES, synonyms=_WORDS),
                required=True,
                example="转出",
            ),
            Column(key="on", label="日期", synonyms=("变动日期", "变动时间", "时间"), parser=Date(), required=True),
            Column(key="branch", label="所属分工会", synonyms=("分工会", "部门工会", "转入分工会", "新分工会")),
            column_of(Membership, "counterpart", "对方单位 来源单位 去向 去向单位 转往单位"),
            column_of(Membership, "document", "文件 依据 文号 审批文件"),
            Column(key="retain", label="保留会籍", synonyms=("是否保留会籍",), parser=Boolean()),
        ),
        permission="members.import_membership",
        order=40,
    )
    key_columns = ("staff_number", "change", "on")
    label_columns = ("staff_number", "name", "change")

    def whole(self) -> Iterator[list[Any]]:
        """Yield the changes of everybody whose history is longer than a row of the list of people can tell."""
        self.prepare()
        for person, history in histories.told():
            for change in () if history.is_plain else history.changes():
                told: dict[str, Any] = change._asdict()
                yield self.cells({"staff_number": person.staff_number, "name": person.name, **told})

    def prepare(self) -> None:
        """Read the branches once."""
        self.lives: dict[str, Life] = {}
        self.parsers["branch"] = branch_parser(on=timezone.localdate())

    def current_values(self, rows: Sequence[Row]) -> None:
        """Find changes that the register already knows; a change is no record that could be corrected."""
        self.people = people_by_number(row.values["staff_number"] for row in rows)
        pks = [person.pk for person in self.people.values()]
        known: dict[tuple[int, str, dt.date], dict[str, Any]] = {}
        for one in Membership.objects.filter(person__in=pks):
            # The other side and the document are the end's, once there is one.
            told = {"counterpart": one.counterpart or None, "document": one.document or None}
            known[one.person_id, one.began_by, one.valid_from] = {} if one.valid_to else told
            if one.valid_to:
                known[one.person_id, one.ended_by, one.valid_to] = told
        held = BranchAssignment.objects.filter(person__in=pks)
        moved = set(held.values_list("person_id", "branch_id", "valid_from"))
        places = {(person, branch) for person, branch, _on in moved}
        for row in rows:
            person = self.people.get(row.values["staff_number"])
            if person is not None and self._is_known(row, person, known, moved):
                change = row.values["change"]
                way = _BEGINNINGS.get(change) or ENDS.get(change)
                row.pk, row.current = person.pk, row.values | known.get((person.pk, str(way), row.values["on"]), {})
                if (
                    change in _BEGINNINGS
                    and row.values.get("branch")
                    and (person.pk, row.values["branch"]) not in places
                ):
                    row.current["branch"] = None

    def _is_known(self, row: Row, person: Person, known: Container[Any], moved: set[Any]) -> bool:
        change, on = row.values["change"], row.values["on"]
        if change == MembershipChange.MOVE:
            return (person.pk, row.values.get("branch"), on) in moved
        if change == MembershipChange.RETIRE and person.retired_on == on:
            return True
        if change == MembershipChange.DEATH and person.died_on == on:
            return True
        way = _BEGINNINGS.get(change) or ENDS.get(change)
        return (person.pk, str(way), on) in known

    def clean_row(self, row: Row) -> None:
        """Refuse unknown people and moves without a branch."""
        person_of(row, self.people)
        if row.values.get("change") == MembershipChange.MOVE and row.values.get("branch") is None:
            row.fault("branch", "不能为空")
        current = row.current
        for key in row.changed_keys() if current is not None else ():
            stands = self.shown(key, (current or {}).get(key)) or "空"
            row.fault(key, f"这次变动已登记，这一项是“{stands}”，请在此人的页面上更正")

    def check_rows(self, rows: Sequence[Row]) -> None:
        """Try what is told of people of whom nothing is registered at once, the rest row by row."""
        self.lives = self._lives(rows)
        if not self.saving and not self._lives_written():
            self.lives = {}
        super().check_rows([row for row in rows if row.values.get("staff_number") not in self.lives])

    def _lives(self, rows: Sequence[Row]) -> dict[str, Life]:
        """Return by staff number the lives that can be written at once: all is new, and every step goes through."""
        by_number: dict[str, list[Row]] = {}
        for row in rows:
            by_number.setdefault(row.values.get("staff_number") or "", []).append(row)
        told = {
            self.people[number].pk: [self._step(row) for row in steps]
            for number, steps in by_number.items()
            if number in self.people and all(row.status is Status.NEW for row in steps)
        }
        return {str(life.person.staff_number): life for life in lives.lives(told, lock=self.saving)}

    def _step(self, row: Row) -> Step:
        return Step(
            change=row.values["change"],
            on=row.values["on"],
            branch=row.get("branch"),
            counterpart=row.get("counterpart") or "",
            document=row.get("document") or "",
            retain=row.get("retain") is not False,
            kept=bool(row.get("retain")),
        )

    def _lives_written(self) -> bool:
        """Write the lives; nothing, and no, where the database refuses one: row by row it is found out which."""
        try:
            with transaction.atomic():
                lives.write(list(self.lives.values()), actor=self.actor)
                settle_constraints()
                transaction.set_rollback(not self.saving)
        except (DomainError, ValidationError, DatabaseError):
            return False
        return True

    def save_rows(self, rows: Sequence[Row]) -> None:
        """Write the lives, and call the services for the rest."""
        if not self._lives_written():
            self.lives = {}
        super().save_rows([row for row in rows if row.values["staff_number"] not in self.lives])

    def save_row(self, row: Row) -> None:
        """Call the service of the change."""
        change, branch = row.values["change"], row.get("branch")
        home = Branch.objects.get(pk=branch) if branch else None
        given: dict[str, Any] = {"person": self.people[row.values["staff_number"]], "on": row.values["on"]}
        given["actor"] = self.actor
        if change == MembershipChange.MOVE and home is not None:
            memberships.move_to_branch(branch=home, **given)
            return
        given["document"], counterpart = row.get("document") or "", row.get("counterpart") or ""
        if change == MembershipChange.RESUME:
            memberships.resume(branch=home, **given)
        elif change in _BEGINNINGS:
            kept = MembershipState.RETAINED if row.get("retain") and change == RECORD else MembershipState.ACTIVE
            memberships.admit(way=_BEGINNINGS[change], branch=home, counterpart=counterpart, state=kept, **given)
        elif change == MembershipChange.RETIRE:
            memberships.retire(retain=row.get("retain") is not False, **given)
        elif change == MembershipChange.DEATH:
            memberships.record_death(**given)
        else:
            memberships.end(way=ENDS[change], counterpart=counterpart, **given)

    def cancel_made(self, *, model: type[Model], keys: Collection[Any], why: str) -> None:
        """Correct what was recorded of the steps by a further entry."""
        if model is not RegisterEntry:
            super().cancel_made(model=model, keys=keys, why=why)
        note_taken_back(keys, why=why, actor=self.actor)
