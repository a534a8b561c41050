"""The tree of branches and who holds which office in it, by list; branches as spreadsheets name them."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.utils import timezone

from members.branches.enums import BranchKind, Position
from members.branches.models import Branch, Office, Term
from members.branches.services import offices as services
from members.branches.services import tree
from members.people.resources import OPTIONAL_NAME, STAFF_NUMBER, people_by_number, person_of
from union_portal.base.errors import Refused
from union_portal.base.importing.kinds import ImportKind, register_kind
from union_portal.base.importing.rows import Row
from union_portal.base.importing.services import RowResource
from union_portal.base.spreadsheets.columns import Column
from union_portal.base.spreadsheets.dates import Date
from union_portal.base.spreadsheets.parsers import Choice, Code, Integer, Text, spoken


class BranchChoice(Choice):
    """The branches standing on a day; shows those of other days by name too."""

    def show(self, value: Any) -> str:
        """Return the branch's name."""
        if value is None or value in self.choices:
            return super().show(value)
        return str(Branch.objects.filter(pk=value).values_list("name", flat=True).first() or value)


def branch_parser(*, on: dt.date) -> BranchChoice:
    """Return a parser of the branches standing on the day, by name, code or the name without 分工会."""
    rows = list(Branch.objects.standing(on=on).values_list("pk", "name", "code"))
    names = {pk: name for pk, name, _code in rows}
    words: dict[str, Any] = {}
    doubled: set[str] = set()
    for pk, name, _code in rows:
        for ending in ("分工会", "工会小组", "工会", "小组"):
            short = name.removesuffix(ending)
            if short != name and short:
                if words.setdefault(short, pk) != pk:
                    doubled.add(short)
                words.setdefault(f"{short}分工会", pk)
                words.setdefault(f"{short}工会", pk)
    for short in doubled:
        del words[short]
    words |= {code: pk for pk, _name, code in rows} | {name: pk for pk, name, _code in rows}
    return BranchChoice(names, synonyms=words)


_KINDS = spoken({BranchKind.BRANCH: "部门工会", BranchKind.DIRECT_GROUP: "直属小组", BranchKind.GROUP: "小组"})
_POSITIONS = spoken({Position.WELFARE: "福利委员 生活委员", Position.GROUP_LEADER: "组长 小组长"})


@register_kind
class BranchResource(RowResource):
    """Branches by code; a parent stands earlier in the file or in the register."""

    kind = ImportKind(
        key="branches",
        label="分工会",
        columns=(
            Column(
                key="code",
                label="编号",
                synonyms=("代码", "编码", "工会编号"),
                parser=Code(longest=16),
                required=True,
            ),
            Column(
                key="name",
                label="名称",
                synonyms=("分工会", "分工会名称", "部门工会", "工会名称"),
                parser=Text(longest=64),
                required=True,
            ),
            Column(key="kind", label="类型", synonyms=("性质", "类别"), parser=Choice(BranchKind, synonyms=_KINDS)),
            Column(key="parent", label="上级", synonyms=("上级工会", "所属分工会"), parser=Text(longest=64)),
            Column(key="founded_on", label="成立日期", synonyms=("成立时间",), parser=Date()),
        ),
        permission="members.import_branch",
        order=10,
    )
    key_columns = ("code",)
    label_columns = ("code", "name")

    def current_values(self, rows: Sequence[Row]) -> None:
        """Find the branches by code."""
        codes = [row.values["code"] for row in rows]
        found = {branch.code: branch for branch in Branch.objects.filter(code__in=codes).select_related("parent")}
        for row in rows:
            branch = found.get(row.values["code"])
            if branch is not None:
                written = row.values.get("parent")
                above = branch.parent
                same = above is not None and written in (above.code, above.name)
                row.pk = branch.pk
                row.current = {
                    "code": branch.code,
                    "name": branch.name,
                    "kind": branch.kind,
                    "parent": written if same else above.name if above else None,
                    "founded_on": branch.founded_on,
                }

    def save_row(self, row: Row) -> None:
        """Found or change the branch."""
        details: dict[str, Any] = {key: row.values[key] for key in ("name", "kind", "founded_on") if key in row.values}
        if "parent" in row.values:
            details["parent"] = self._parent(row.values["parent"])
        if row.pk is not None:
            tree.change_branch(branch=Branch.objects.get(pk=row.pk), **details)
            return
        details["kind"] = details.get("kind") or BranchKind.BRANCH
        tree.found_branch(code=row.values["code"], **details)

    def _parent(self, word: str | None) -> Branch | None:
        if word is None:
            return None
        parent: Branch | None = Branch.objects.filter(code=word).first() or Branch.objects.filter(name=word).first()
        if parent is None:
            raise Refused(f"没有名为{word}的分工会。", field="parent")
        return parent


@register_kind
class OfficeResource(RowResource):
    """Offices by person, branch, position and first day; a term that is missing is begun."""

    kind = ImportKind(
        key="offices",
        label="工会任职",
        columns=(
            STAFF_NUMBER,
            OPTIONAL_NAME,
            Column(key="branch", label="分工会", synonyms=("所属分工会", "部门工会"), required=True),
            Column(
                key="position",
                label="职务",
                synonyms=("工会职务", "任职", "职位"),
                parser=Choice(Position, synonyms=_POSITIONS),
                required=True,
                example="主席",
            ),
            Column(key="on", label="任职日期", synonyms=("任职时间", "开始日期"), parser=Date(), required=True),
            Column(key="until", label="离任日期", synonyms=("离任时间", "结束日期"), parser=Date()),
            Column(key="number", label="届次", synonyms=("届",), parser=Integer(least=1, most=99)),
            Column(key="began_on", label="本届开始", synonyms=("换届日期", "届期开始"), parser=Date()),
            Column(key="ends_on", label="本届届满", synonyms=("届满日期", "届期结束"), parser=Date()),
        ),
        permission="members.import_office",
        order=50,
    )
    key_columns = ("staff_number", "branch", "position", "on")
    label_columns = ("staff_number", "name", "position")

    def prepare(self) -> None:
        """Read the branches once."""
        self.parsers["branch"] = branch_parser(on=timezone.localdate())

    def current_values(self, rows: Sequence[Row]) -> None:
        """Find the offices."""
        self.people = people_by_number(row.values["staff_number"] for row in rows)
        offices = Office.objects.filter(person__in=self.people.values()).select_related("term")
        found = {(o.person_id, o.term.branch_id, o.position, o.valid_from): o for o in offices}
        for row in rows:
            person = self.people.get(row.values["staff_number"])
            values = row.values
            office = found.get((person.pk, values["branch"], values["position"], values["on"])) if person else None
            if office is not None:
                row.pk = office.pk
                row.current = {**values, "until": office.valid_to}

    def clean_row(self, row: Row) -> None:
        """Refuse unknown people."""
        person_of(row, self.people)

    def save_row(self, row: Row) -> None:
        """Elect, or end an office that is known."""
        until = row.values.get("until")
        if row.pk is not None:
            office: Office = Office.objects.get(pk=row.pk)
        else:
            person = self.people[row.values["staff_number"]]
            office = services.elect(
                person=person, term=self._term(row), position=row.values["position"], on=row.values["on"]
            )
        if until is not None and office.valid_to != until:
            services.end_office(office=office, on=until)

    def _term(self, row: Row) -> Term:
        branch, on = row.values["branch"], row.values["on"]
        began = row.values.get("began_on") or on
        number = row.values.get("number")
        terms = Term.objects.filter(branch=branch)
        found = terms.filter(number=number).first() if number else terms.filter(began_on__lte=on).first()
        if found is not None:
            term: Term = found
            return term
        ends = row.values.get("ends_on")
        if ends is None:
            raise Refused("该分工会在那一天没有任期；请填写本届届满日期。", field="ends_on")
        return services.start_term(branch=Branch.objects.get(pk=branch), began_on=began, ends_on=ends, number=number)
