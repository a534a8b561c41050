"""The list of departments with who answers for them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.utils import timezone

from congress.bodies.resources import PERMISSION
from congress.departments import services as departments
from congress.departments.enums import DepartmentDuty
from congress.departments.models import Department, DepartmentPost
from members.people.models import Person
from members.people.resources import nobody, people_by_number
from union_portal.base.importing.kinds import ImportKind, register_kind
from union_portal.base.importing.lists import column_of
from union_portal.base.importing.rows import Row
from union_portal.base.importing.services import RowResource
from union_portal.base.spreadsheets.columns import Column
from union_portal.base.spreadsheets.dates import Date
from union_portal.base.spreadsheets.parsers import Code
from union_portal.base.steps import saved

_DUTIES = (
    ("contact", DepartmentDuty.CONTACT, "联系人工号", ("联络员工号",)),
    ("head", DepartmentDuty.HEAD, "负责人工号", ("部门负责人工号",)),
    ("leader", DepartmentDuty.LEADER, "分管校领导工号", ("分管领导工号",)),
)


@register_kind
class DepartmentResource(RowResource):
    """承办部门 by name, with the people who answer for them."""

    kind = ImportKind(
        key="departments",
        label="承办部门",
        columns=(
            column_of(Department, "name", "部门名称 部门 承办部门 单位", required=True, example="后勤处"),
            column_of(Department, "code", "部门代码 代码 编号", parser=Code(longest=16)),
            *(
                Column(key=key, label=label, synonyms=synonyms, parser=Code(longest=32))
                for key, _duty, label, synonyms in _DUTIES
            ),
            Column(key="on", label="任职日期", synonyms=("起始日期",), parser=Date(), help="留空为导入当天"),
        ),
        permission=PERMISSION,
        order=60,
    )  # fmt: skip
    key_columns = ("name",)

    class Meta:
        model = Department

    def current_values(self, rows: Sequence[Row]) -> None:
        names = [row.values["name"] for row in rows]
        known = {one.name: one for one in Department.objects.filter(name__in=names)}
        numbers = {row.values[key] for row in rows for key, *_rest in _DUTIES if row.values.get(key)}
        self.people: Mapping[str, Person] = people_by_number(numbers)
        held = DepartmentPost.objects.filter(department__in=known.values()).in_force(on=timezone.localdate())
        self.posts = {
            (one.department_id, one.duty, one.person.staff_number): one.valid_from
            for one in held.select_related("person")
        }
        for row in rows:
            one = known.get(row.values["name"])
            if one is None:
                continue
            row.pk = one.pk
            row.current = {**row.values, "code": one.code}
            for key, duty, *_rest in _DUTIES:
                number = row.values.get(key)
                if number and (one.pk, duty, number) not in self.posts:
                    row.current[key] = None
            row.current["on"] = self._since(row)

    def whole(self) -> Iterator[list[Any]]:
        """Yield the open departments with who answers for them today."""
        posts: dict[Any, dict[str, Any]] = {}
        held = DepartmentPost.objects.in_force(on=timezone.localdate()).select_related("person")
        for one in held.filter(person__staff_number__isnull=False).order_by("-valid_from"):
            key = next(key for key, duty, *_rest in _DUTIES if duty == one.duty)
            told = posts.setdefault(one.department_id, {"on": one.valid_from})
            told |= {key: told.get(key, one.person.staff_number), "on": min(told["on"], one.valid_from)}
        for one in Department.objects.filter(closed_on=None).order_by("code"):
            yield self.cells({"name": one.name, "code": one.code, **posts.get(one.pk, {})})

    def _since(self, row: Row) -> Any:
        """Return since when those named are in their posts: the row's day, where one of them is only now appointed."""
        named = [(row.pk, duty, row.values[key]) for key, duty, *_rest in _DUTIES if row.values.get(key)]
        days, told = [self.posts[one] for one in named if one in self.posts], row.values.get("on")
        return told if len(days) < len(named) or told in days or not days else min(days)

    def clean_row(self, row: Row) -> None:
        if row.current is not None and row.values.get("on") != row.current.get("on") and "on" in row.values:
            row.fault("on", f"已登记自 {row.current['on']} 任职，请在部门的页面上更正")
        for key, *_rest in _DUTIES:
            number = row.values.get(key)
            if number and number not in self.people:
                row.fault(key, nobody(number))

    def save_row(self, row: Row) -> None:
        one = Department.objects.get(pk=row.pk) if not row.is_new else Department(name=row.values["name"])
        one.code = row.values.get("code") or one.code or _free_code(Department.objects.values_list("code", flat=True))
        saved(one)
        row.pk = one.pk
        on = row.values.get("on") or timezone.localdate()
        for key, duty, *_rest in _DUTIES:
            number = row.values.get(key)
            if number and (one.pk, duty, number) not in self.posts:
                departments.appoint(department=one, person=self.people[number], duty=duty, on=on)


def _free_code(taken: Iterable[Any]) -> str:
    used = set(taken)
    return next(code for place in range(1, 10_000) if (code := f"D{place:03d}") not in used)
