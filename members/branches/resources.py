"""The tree of branches and who holds which office in it, by list; branches as spreadsheets name them."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.utils import timezone

from members.branches.enums import BranchKind, Position
from members.branches.models import Branch, Office, Term
from members.branches.services import offices as services
from members.branches.services import tree
from members.people.models import Person
from members.people.resources import OPTIONAL_NAME, STAFF_NUMBER, OfPersonResource
from union_portal.base.errors import Refused
from union_portal.base.importing.kinds import ImportKind, register_kind
from union_portal.base.importing.lists import column_of
from union_portal.base.importing.questions import Question
from union_portal.base.importing.rows import Row
from union_portal.base.importing.services import RowResource
from union_portal.base.spreadsheets.columns import Column
from union_portal.base.spreadsheets.ordinals import Ordinal
from union_portal.base.spreadsheets.parsers import Choice, Code, Text, spoken
from union_portal.base.steps import saved


class BranchChoice(Choice):
    """The branches standing on a day; shows those of other days by name too."""

    model = Branch

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


_KINDS = spoken(
    {
        BranchKind.SCHOOL: "校级工会 校总工会 学校工会",
        BranchKind.BRANCH: "部门工会",
        BranchKind.DIRECT_GROUP: "直属小组",
        BranchKind.GROUP: "小组",
    }
)
_POSITIONS = spoken({Position.WELFARE: "福利委员 生活委员", Position.GROUP_LEADER: "组长 小组长"})


@register_kind
class BranchResource(RowResource):
    """Branches by code; a parent stands earlier in the file or in the register."""

    kind = ImportKind(
        key="branches",
        label="分工会",
        columns=(
            column_of(Branch, "code", "编号 代码 工会编号", parser=Code(longest=16), required=True),
            column_of(Branch, "name", "分工会 分工会名称 部门工会 工会名称", required=True),
            column_of(Branch, "kind", "类型 性质", words=_KINDS),
            Column(key="parent", label="上级", synonyms=("上级工会", "所属分工会"), parser=Text(longest=64)),
            column_of(Branch, "founded_on", "成立时间"),
        ),
        permission="members.import_branch",
        order=10,
    )
    key_columns = ("code",)
    label_columns = ("code", "name")

    class Meta:
        model = Branch

    questions = (
        Question(
            key="founded_on",
            words="没有填写成立日期的分工会，成立于哪一天？",
            help="分工会从成立之日起计入各项统计；早已存在的，可填建会的日期。",
        ),
    )

    def asks(self, rows: Sequence[Row]) -> list[str]:
        """Ask for the founding day of new branches whose row has none."""
        lacking = any(row.is_new and not row.faults and row.values.get("founded_on") is None for row in rows)
        return ["founded_on"] if lacking else []

    def current_values(self, rows: Sequence[Row]) -> None:
        """Find the branches by code."""
        codes = [row.values["code"] for row in rows]
        found = {branch.code: branch for branch in Branch.objects.filter(code__in=codes).select_related("parent")}
        for row in rows:
            branch = found.get(row.values["code"])
            if branch is not None:
                written, above = row.values.get("parent"), branch.parent
                named = above and (written if written in (above.code, above.name) else above.name)
                own = {name: getattr(branch, name) for name in ("code", "name", "kind", "founded_on")}
                row.pk, row.current = branch.pk, own | {"parent": named}

    def identities(self) -> Iterator[dict[str, Any]]:
        """Name the branches from the root down."""
        below: dict[Any, list[Branch]] = {}
        for branch in Branch.objects.order_by("code"):
            below.setdefault(branch.parent_id, []).append(branch)
        waiting = below.pop(None, [])
        while waiting:
            branch = waiting.pop(0)
            waiting += below.pop(branch.pk, [])
            yield {"code": branch.code}

    def save_row(self, row: Row) -> None:
        """Found or change the branch."""
        details: dict[str, Any] = {key: row.values[key] for key in ("name", "kind", "founded_on") if key in row.values}
        if "parent" in row.values:
            details["parent"] = self._parent(row.values["parent"])
        if row.pk is not None:
            tree.change_branch(branch=Branch.objects.get(pk=row.pk), **details)
            return
        details["kind"] = details.get("kind") or BranchKind.BRANCH
        # Nothing is saved while the question is open: today only lets the preview go on.
        details["founded_on"] = details.get("founded_on") or self.answers.get("founded_on", timezone.localdate())
        tree.found_branch(code=row.values["code"], **details)

    def _parent(self, word: str | None) -> Branch | None:
        if word is None:
            return None
        parent: Branch | None = Branch.objects.filter(code=word).first() or Branch.objects.filter(name=word).first()
        if parent is None:
            raise Refused(f"没有名为{word}的分工会。", field="parent")
        return parent


_OF_TERM = ("number", "began_on", "ends_on")


@register_kind
class OfficeResource(OfPersonResource):
    """Offices by person, branch, position and first day; a term that is missing is begun."""

    kind = ImportKind(
        key="offices",
        label="工会任职",
        columns=(
            STAFF_NUMBER,
            OPTIONAL_NAME,
            Column(key="branch", label="分工会", synonyms=("所属分工会", "部门工会"), required=True),
            column_of(Office, "position", "工会职务 任职 职位", words=_POSITIONS, required=True, example="主席"),
            column_of(Office, "valid_from", "任职日期 任职时间 开始日期", required=True),
            column_of(Office, "valid_to", "离任日期 离任时间 结束日期"),
            column_of(Office, "full_time", "是否专职"),
            column_of(Term, "number", "届", parser=Ordinal()),
            column_of(Term, "began_on", "换届日期 届期开始", label="本届开始"),
            column_of(Term, "ends_on", "届满日期 届期结束", label="本届届满"),
        ),
        permission="members.import_office",
        order=50,
    )
    key_columns = ("staff_number", "branch", "position", "valid_from")
    label_columns = ("staff_number", "name", "position")

    def prepare(self) -> None:
        """Read the branches once."""
        self.parsers["branch"] = branch_parser(on=timezone.localdate())

    def known(self, people: Iterable[Person]) -> Mapping[tuple[Any, ...], tuple[Any, Mapping[str, Any]]]:
        """Return the offices, with their end and their term."""
        return {
            (held.person_id, held.term.branch_id, held.position, held.valid_from): (
                held.pk,
                {"valid_to": held.valid_to, "full_time": held.full_time}
                | {name: getattr(held.term, name) for name in _OF_TERM},
            )
            for held in Office.objects.filter(person__in=people).select_related("term").order_by("valid_from", "pk")
        }

    def clean_row(self, row: Row) -> None:
        """Refuse unknown people, and another last day for an office that has ended."""
        super().clean_row(row)
        last = (row.current or {}).get("valid_to")
        if last is not None and row.get("valid_to") != last:
            row.fault("valid_to", f"已登记于 {last} 离任，请在任职的页面上更正")

    def save_row(self, row: Row) -> None:
        """Elect, or correct an office that is known, and its term."""
        values = row.values
        if row.pk is not None:
            office = Office.objects.select_related("term").get(pk=row.pk)
            for name in set(row.changed_keys()).intersection(_OF_TERM):
                setattr(office.term, name, values[name])
            saved(office.term)
            if "full_time" in row.changed_keys():
                office.full_time = bool(values["full_time"])
                saved(office)
        else:
            person, term = self.people[values["staff_number"]], self._term(row)
            office = services.elect(
                person=person,
                term=term,
                position=values["position"],
                on=values["valid_from"],
                full_time=bool(values.get("full_time")),
            )
        if values.get("valid_to") is not None and office.valid_to != values["valid_to"]:
            services.end_office(office=office, on=values["valid_to"])

    def _term(self, row: Row) -> Term:
        branch, on = row.values["branch"], row.values["valid_from"]
        number, ends = row.values.get("number"), row.values.get("ends_on")
        terms = Term.objects.filter(branch=branch)
        found: Term | None = (terms.filter(number=number) if number else terms.filter(began_on__lte=on)).first()
        if found is not None:
            return found
        if ends is None:
            raise Refused("该分工会在那一天没有任期；请填写本届届满日期。", field="ends_on")
        began = row.values.get("began_on") or on
        return services.start_term(branch=Branch.objects.get(pk=branch), began_on=began, ends_on=ends, number=number)
