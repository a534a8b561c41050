"""The HR spreadsheet: people with their membership and branch, in one go."""

import datetime as dt
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import cache, partial
from typing import Any, ClassVar

from django.db.models import Model
from django.utils import timezone

from members.branches.resources import branch_parser
from members.branches.services import tree
from members.memberships.models import RegisterEntry
from members.memberships.services import histories
from members.memberships.services.entries import note_taken_back
from members.memberships.services.renaming import Renamed, note_renamed
from members.people.enums import Employment, Gender, PersonKind
from members.people.models import DAYS, Person, contradictions
from members.people.services import keys_of_new_name
from members.register.resources.belonging import Belonging
from members.register.resources.columns import PEOPLE
from members.register.resources.questions import FOUNDED_ON, JOINED_ON, QUESTIONS, RECORDED_ON
from members.register.resources.retiring import RETIRED
from union_portal.base.errors import DomainError, Refused
from union_portal.base.identity import EIGHTEEN, Identity, IdentityKind, check_identity
from union_portal.base.importing.fields import Computed
from union_portal.base.importing.kinds import ImportKind, register_kind
from union_portal.base.importing.preview import Leaver
from union_portal.base.importing.resource import SaveRefused
from union_portal.base.importing.rows import Row
from union_portal.base.importing.table import TableResource
from union_portal.base.spreadsheets.parsers import LongNumber
from union_portal.base.sql import among


def _kind_of(employment: str | None) -> tuple[str]:
    return (PersonKind.RETIREE if employment in RETIRED else PersonKind.STAFF,)


@register_kind
class PeopleResource(TableResource):
    """People by staff number. A joining date or 是否会员 begins a membership; a changed branch moves as of today."""

    kind = ImportKind(
        key="people",
        label="人员（人事信息表）",
        columns=PEOPLE,
        permission="members.import_person",
        order=20,
        help="教职工及其会籍、所属分工会；名册中有而表中没有的人只列出，不作改动。",
    )
    key_columns = ("staff_number",)
    label_columns = ("staff_number", "name")
    computed: ClassVar[tuple[Computed, ...]] = (
        Computed(
            fields=("search_key", "pinyin_key", "stroke_key", "reading"), sources=("name",), function=keys_of_new_name
        ),
        Computed(fields=("kind",), sources=("employment",), function=_kind_of),
    )

    questions = QUESTIONS
    likely: ClassVar[Mapping[str, Mapping[str, str]]] = {"post_category": {"辅导员": "管理"}}
    brings: ClassVar[Mapping[str, str]] = {"branch": "分工会"}
    # The day an export describes; None is today.
    on: dt.date | None = None

    class Meta:
        model = Person

    def bring(self, column: str, words: Sequence[str]) -> None:
        """Found the branches; until it is said when, they stood always, so that everybody can be judged."""
        del column
        tree.found_named(names=words, founded_on=self.answers.get(FOUNDED_ON))

    def prepare(self) -> None:
        """Read the branches once."""
        self.today = timezone.localdate()
        self.present_keys = {column.key for column in self.present}
        self.parsers["branch"] = branch_parser(on=self.today)
        for key in (FOUNDED_ON, JOINED_ON, RECORDED_ON):
            if self.answers.get(key, self.today) > self.today:
                raise DomainError(f"{self.answers[key]} 尚未到来，请填写今天或更早的日期。", field=key)
        # Readings that were corrected, which go with the names they belong to.
        self.readings: dict[int, str] = {}
        self.belonging = Belonging(today=self.today, lock=self.saving, answers=self.answers, asked=self.present_keys)
        if "retired_on" in self.present_keys and "retires_on" not in self.present_keys:
            # Days to come of who is in service stand in the same column of most lists.
            self.present.append(self.columns["retires_on"])
        # Each number is looked at twice: as a cell, and for the birth date and gender it tells.
        self.told_by = cache(partial(check_identity, today=self.today))
        # Where the file names the kinds of document, a number is judged by the row's.
        self.kinds_told = "identity_kind" in self.present_keys
        self.parsers["identity_number"] = LongNumber() if self.kinds_told else LongNumber(check=self.told_by)

    def related_values(self, pks: Sequence[Any]) -> Mapping[Any, Mapping[str, Any]]:
        """Return membership and branch as they stand today."""
        read = Person.objects.filter(among("pk", pks)).exclude(reading="")
        self.readings.update(read.values_list("pk", "reading"))
        return self.belonging.load(pks)

    def clean_row(self, row: Row) -> None:
        """Judge a row against itself, the calendar and the register's memberships."""
        if self.kinds_told:
            _judge_identity(row, today=self.today)
        _fill_from_identity(row, present=self.present_keys, told_by=self.told_by)
        if not row.values.keys().isdisjoint(DAYS):
            for key, wrong in contradictions({name: row.get(name) for name in DAYS}).items():
                row.fault(key if key in row.values else "birth_date", wrong)
        self.belonging.judge(row)
        _settle_ethnicity(row)
        self._warn(row)

    def _warn(self, row: Row) -> None:
        """Say what an officer would like to know before saving, though nothing is wrong."""
        before = row.current or {}
        if row.is_new and not row.faults and not self.belonging.is_or_becomes_member(row):
            words = "没有填写" if row.values.get("member") is None else "填的是“否”"
            place = f"，但仍列入{self.shown('branch', row.values['branch'])}" if row.values.get("branch") else ""
            row.warn("member", f"{words}，按非会员登记，不建会籍{place}")
        if before.get("name") and row.values.get("name") not in (None, before["name"]):
            row.warn("name", f"姓名由{before['name']}改为{row.values['name']}，请核对是不是同一个人、工号有没有写错")

    def asks(self, rows: Sequence[Row]) -> set[str]:
        """Ask about newcomers without a joining date, and from when people belong to another branch."""
        return self.belonging.asks(rows) | ({FOUNDED_ON} if self.brought else set())

    def save_related(self, rows: Sequence[Row]) -> None:
        """Write memberships and branch assignments, and what names were before."""
        renamed = [
            Renamed(row.pk, row.current["name"], self.readings.get(row.pk, ""), row.values["name"])
            for row in rows
            if row.current is not None and "name" in row.changed_keys()
        ]
        try:
            note_renamed(renamed, on=self.today, actor=self.actor)
            self.belonging.save(rows, actor=self.actor)
        except DomainError as refused:
            raise SaveRefused(None, "", str(refused)) from refused

    def leavers(self, rows: Sequence[Row]) -> list[Leaver]:
        """Return the active members whom the file does not name."""
        named = {row.values.get("staff_number") for row in rows}
        members = Person.objects.members(on=self.today).filter(staff_number__isnull=False)
        found = members.with_branch(on=self.today).values_list("pk", "staff_number", "name", "branch_name_on")
        return [
            Leaver(pk=pk, label=f"{number} {name}", detail=branch or "")
            for pk, number, name, branch in found
            if number not in named
        ]

    def cancel_made(self, *, model: type[Model], keys: Collection[Any], why: str) -> None:
        """Correct what was recorded of the steps by a further entry."""
        if model is not RegisterEntry:
            super().cancel_made(model=model, keys=keys, why=why)
        note_taken_back(keys, why=why, actor=self.actor)

    def whole(self) -> Iterator[list[Any]]:
        """Yield everybody with a staff number; what a row cannot tell of a membership the list of changes does."""
        longer = {person.pk: history for person, history in histories.told() if not history.is_plain}
        people = Person.objects.filter(staff_number__isnull=False).order_by("pk")
        places = {key: place for place, key in enumerate(self.columns)}
        for one in self.iter_queryset(people):
            cells = self.export_resource(one)
            if (history := longer.get(one[0].pk)) is not None:
                told, last = ("member", "joined_on", "began_by", "branch"), history.retires_on
                for key in (*told, "retired_on") if last else told:
                    cells[places[key]] = ""
                if last and last < timezone.localdate() and one[0].employment != Employment.VETERAN_RETIRED:
                    cells[places["employment"]] = self.columns["employment"].parser.show(Employment.RETIRED)
            yield cells

    def related_export(self, instances: Sequence[Any]) -> Mapping[Any, Mapping[str, Any]]:
        """Return membership and the branch's name for an export."""
        on = self.on or timezone.localdate()
        pks = [person.pk for person in instances]
        held = Belonging(today=on).load(pks)
        people: Any = Person.objects.filter(pk__in=pks).with_branch(on=on).with_membership(on=on)
        stood = people.values_list("pk", "branch_name_on", "membership_state_on")
        return {pk: {**held[pk], "branch": branch, "member": bool(state)} for pk, branch, state in stood}


def _settle_ethnicity(row: Row) -> None:
    """Take 汉 for the 汉族 that the register holds, and the other way round."""
    told, held = row.values.get("ethnicity"), (row.current or {}).get("ethnicity")
    if told and held and told.removesuffix("族") == held.removesuffix("族"):
        row.values["ethnicity"] = held


def _judge_identity(row: Row, *, today: dt.date) -> None:
    """Judge the number by the kind of document that the row names, or else by its shape."""
    number, kind = row.values.get("identity_number"), row.get("identity_kind")
    if number:
        try:
            check_identity(number, kind=IdentityKind(kind) if kind else None, today=today)
        except Refused as refused:
            row.fault("identity_number", str(refused).removesuffix("。"))


def _fill_from_identity(row: Row, *, present: set[str], told_by: Callable[[str], Identity]) -> None:
    number = row.values.get("identity_number")
    if not number:
        return
    if row.get("identity_kind") not in (None, *EIGHTEEN) or any(key == "identity_number" for key, _why in row.faults):
        return
    identity = told_by(number)
    if identity.birth_date is None:
        return
    born, gender = identity.birth_date, Gender(identity.gender)
    for key, told in (("birth_date", born), ("gender", gender)):
        if any(faulty == key for faulty, _reason in row.faults):
            continue
        written = row.get(key)
        # A month alone is read as its first day; the identity number knows the day.
        month_only = key == "birth_date" and written == born.replace(day=1)
        if written is None or month_only:
            if key in present:
                row.values[key] = told
        elif written != told and key in row.values:
            label = told.label if isinstance(told, Gender) else told
            row.fault(key, f"与身份证号不一致，身份证号显示为 {label}")
