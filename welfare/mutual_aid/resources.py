"""Covers, by list."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from union_portal.base.importing.kinds import ImportKind, register_kind
from union_portal.base.importing.rows import Row
from union_portal.base.importing.services import RowResource
from union_portal.base.spreadsheets.columns import Column
from union_portal.base.spreadsheets.dates import Date
from union_portal.base.spreadsheets.parsers import Amount, Choice, Text
from welfare.grants.resources import APPROVAL, SOURCE
from welfare.mutual_aid.models import Cover, MutualAidPlan
from welfare.mutual_aid.services import term_end
from welfare.rosters.resources import NAME, STAFF_NUMBER, People

COVERS = (
    STAFF_NUMBER,
    NAME,
    Column(
        key="plan",
        label="保障计划",
        parser=Text(),
        synonyms=("险种", "互助保障计划", "计划"),
        required=True,
        example="在职职工重大疾病互助保障计划",
    ),
    Column(
        key="starts_on",
        label="起始日期",
        parser=Date(months=False),
        synonyms=("生效日期", "保障起始"),
        required=True,
        example="2022-07-01",
    ),
    Column(key="ends_on", label="截止日期", parser=Date(months=False), synonyms=("终止日期", "保障截止")),
    Column(key="paid_on", label="缴费日期", parser=Date(months=False), synonyms=("参保日期",), example="2022-06-20"),
    Column(key="premium", label="保费", parser=Amount(least=0), synonyms=("保费（元）", "缴费金额"), example="95.00"),
    *APPROVAL,
    SOURCE,
)


@register_kind
class CoverResource(RowResource):
    """Covers by person, plan and first day; the end and the premium are the plan's unless given."""

    kind = ImportKind(
        key="covers",
        label="互助保障参保",
        columns=COVERS,
        permission="welfare.import_cover",
        order=60,
        help="谁参加了哪项计划，起止日期。",
    )
    key_columns = ("staff_number", "plan", "starts_on")
    label_columns = ("staff_number", "name", "plan")
    rehearses = False

    class Meta:
        model = Cover

    def prepare(self) -> None:
        """Read the plans once."""
        plans = list(MutualAidPlan.objects.all())
        self.plans = {plan.pk: plan for plan in plans}
        codes = {plan.code: plan.pk for plan in plans}
        self.parsers["plan"] = Choice({plan.pk: plan.name for plan in plans}, synonyms=codes)

    def current_values(self, rows: Sequence[Row]) -> None:
        """Find the people, and the covers that are recorded already."""
        self.people = People(str(row.values["staff_number"]) for row in rows)
        self.covers: dict[int, Cover] = {}
        present = Cover.objects.filter(person__in=[person.pk for person in self.people.by_number.values()])
        known: dict[tuple[Any, ...], tuple[Any, ...]] = {
            (row[0], row[1], row[2]): row[3:]
            for row in present.values_list("person", "plan", "starts_on", "pk", "ends_on", "premium")
        }
        for row in rows:
            person = self.people.match(row)
            if person is None:
                continue
            cover = self._cover(row, person)
            self.covers[row.number] = cover
            found = known.get((person.pk, cover.plan_id, cover.starts_on))
            if found is not None:
                row.pk = found[0]
                row.current = dict(row.values)
                if found[1:] != (cover.ends_on, cover.premium):
                    row.fault("plan", "已登记，但截止日期或保费不同；请在系统中更正")

    def _cover(self, row: Row, person: Any) -> Cover:
        plan = self.plans[row.values["plan"]]
        starts_on: dt.date = row.values["starts_on"]
        approval = " ".join(
            str(part) for part in (row.values.get(key) for key in ("approver", "approved_on", "document")) if part
        )
        if plan.only_gender and person.gender and person.gender != plan.only_gender:
            row.fault("plan", "该计划不适用于此人")
        return Cover(
            plan=plan,
            person=person,
            branch_id=self.people.branch_on(person, starts_on),
            starts_on=starts_on,
            ends_on=row.values.get("ends_on") or term_end(plan=plan, starts_on=starts_on),
            paid_on=row.values.get("paid_on") or starts_on,
            premium=row.values.get("premium", plan.premium),
            source=row.values.get("source") or "导入",
            offline_approval=approval[:200],
        )

    def clean_row(self, row: Row) -> None:
        """Refuse a cover that ends before it begins."""
        cover = self.covers.get(row.number)
        if cover is not None and cover.ends_on <= cover.starts_on:
            row.fault("ends_on", "保障截止日期须晚于起始日期。")

    def save_rows(self, rows: Sequence[Row]) -> None:
        """Write all new rows at once."""
        due = [row for row in rows if row.is_new]
        for row, cover in zip(due, Cover.objects.bulk_create(self.covers[row.number] for row in due), strict=True):
            row.pk = cover.pk
