"""Plans and covers, by list."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.db.models import Model

from members.memberships.models import Membership
from union_portal.base.importing.fields import Computed
from union_portal.base.importing.kinds import register_kind
from union_portal.base.importing.lists import ModelList
from union_portal.base.importing.rows import Row
from union_portal.base.steps import take_all
from welfare.approvals.models import PaperApproval
from welfare.approvals.services import ToldApproval
from welfare.grants.resources import APPROVAL
from welfare.mutual_aid.enums import PayerShare
from welfare.mutual_aid.models import Cover, MutualAidPlan
from welfare.mutual_aid.services.covers import annul_all
from welfare.mutual_aid.services.premiums import enter_told
from welfare.rosters.resources import NAME, STAFF_NUMBER, People

ORDER = "staff_number name plan starts_on ends_on paid_on premium approver approved_on document offline_approval source"
HOW = tuple(replace(column, attribute=None) for column in APPROVAL)


@register_kind
class MutualAidPlanList(ModelList):
    """The school's own plans."""

    model, name, key, order = MutualAidPlan, "mutual_aid_plans", ("name",), 45
    fields_in_order = (
        *("name", "code", "insurer", "months", "premium", "payer", "union_percent", "school_percent"),
        *("own_collected", "only_gender", "also_retired", "account"),
        *("waiting_days", "least_ratio", "whole_below", "renew_days", "active"),
    )
    synonyms = {
        "name": ("保障计划", "计划名称", "互助保障计划"),
        "code": ("代码", "编号"),
        "premium": ("保费", "每人保费"),
        "active": ("是否启用",),
    }
    words = {
        "payer": {"校方": PayerShare.SCHOOL, "学校": PayerShare.SCHOOL, "个人": PayerShare.MEMBER}
        | dict.fromkeys(("分担", "按比例分担"), PayerShare.SHARED)
    }


@register_kind
class CoverList(ModelList):
    """Covers by person, plan and first day; what the file leaves out is the plan's."""

    model, name, order, cancelled_by = Cover, "covers", 60, "annul"
    key = ("staff_number", "plan", "starts_on")
    extra = (replace(STAFF_NUMBER, attribute="person"), replace(NAME, attribute=None), *HOW)
    fields_in_order = tuple(ORDER.split())
    synonyms = {
        "plan": ("险种", "互助保障计划", "计划"),
        "starts_on": ("起始", "生效日期", "保障起始"),
        "ends_on": ("截止", "终止日期", "保障截止"),
        "paid_on": ("参保日期",),
        "premium": ("保费", "缴费金额"),
        "source": ("数据来源",),
    }
    examples = {"plan": "在职职工重大疾病互助保障计划", "starts_on": "2022-07-01", "paid_on": "2022-06-20"}

    def prepare(self) -> None:
        """Fill every column, the branch of the first day, and what union and school bear."""
        self.present = list(self.kind.columns)
        found = ("staff_number", "starts_on")
        self.computed = (  # type: ignore[misc]
            Computed(("branch",), found, lambda *of: (self.people.branch_on(*of),)),
            Computed(("union_part", "school_part"), ("plan", "premium"), self._parts),
        )

    def _parts(self, plan: Any, premium: Any) -> tuple[Any, ...]:
        return tuple(self.plans[plan].parts(premium).values()) if plan in self.plans else (0, 0)

    def load_current(self, rows: Sequence[Row]) -> None:
        """Read the people and the plans once."""
        super().load_current(rows)
        self.plans = MutualAidPlan.objects.in_bulk()
        self.people = People((row.values["staff_number"] for row in rows if "staff_number" in row.values), by="pk")
        self.told: dict[int, ToldApproval] = {}
        self.approvals: dict[tuple[Any, ...], tuple[ToldApproval, int]] = {}
        known = Cover.objects.standing().filter(person__in=self.people.by_number)
        self.held: dict[tuple[Any, Any], list[tuple[dt.date, dt.date, str]]] = defaultdict(list)
        for plan, person, start, end in known.values_list("plan", "person", "starts_on", "ends_on"):
            self.held[plan, person].append((start, end, "已有保障"))
        ended = Membership.objects.filter(person__in=self.people.by_number)
        self.left: dict[Any, dt.date | None] = {}
        for person, last in ended.order_by("valid_from").values_list("person", "valid_to"):
            self.left[person] = last

    def cancel_made(self, *, model: type[Model], keys: Collection[Any], why: str) -> None:
        """Take covers back, unless their premium is in the ledger, and send their approvals back."""
        if model is PaperApproval:
            take_all(PaperApproval.objects.filter(pk__in=keys), action="reject", actor=self.actor, why=why)
            return
        if model is not Cover:
            super().cancel_made(model=model, keys=keys, why=why)
        annul_all(rows=Cover.objects.filter(pk__in=keys), actor=self.actor, why=why)

    def related_values(self, pks: Sequence[Any]) -> Mapping[Any, Mapping[str, Any]]:
        """Return the people's names."""
        return {pk: {"name": name} for pk, name in Cover.objects.filter(pk__in=pks).values_list("pk", "person__name")}

    def clean_row(self, row: Row) -> None:
        """Judge whom the plan is for; a cover that is known already is left as it is, or a fault."""
        told = {column.key: row.values.pop(column.key, None) for column in HOW}
        person, plan = self.people.match(row), self.plans.get(row.get("plan"))
        row.values.pop("name", None)
        starts_on = row.get("starts_on")
        if person is None or plan is None or starts_on is None:
            return
        if plan.only_gender and person.gender and person.gender != plan.only_gender:
            own = f"登记为{person.get_gender_display()}"
            row.fault("plan", f"{own}，该计划仅限{plan.get_only_gender_display()}")
        if row.is_new:
            approval = ToldApproval(told["approver"] or "", told["approved_on"], told["document"] or "")
            if approval.words:
                row.values.setdefault("offline_approval", approval.words)
            start = {"ends_on": plan.last_day(starts_on), "paid_on": starts_on, "premium": plan.premium}
            row.values = {**start, "source": "导入", **row.values}
            self._refuse_overlap(row, plan.pk, person.pk)
            self._take_approval(row, approval)
            last = self.left.get(person.pk)
            if last is not None and last < starts_on:
                row.fault("staff_number", f"自 {last} 起已不是会员，不能参保")
        else:
            self._refuse_difference(row, {key: str(part or "") for key, part in told.items()})

    def _refuse_difference(self, row: Row, told: Mapping[str, str]) -> None:
        """Put a fault on what the file says otherwise of a cover that is known: it is corrected by its steps."""
        row.settle()
        held = row.current or {}
        for key in row.changed_keys():
            row.fault(key, f"已登记的是“{self.shown(key, held[key]) or '—'}”，请在这条参保的页面上更正")
        approval = held.get("offline_approval") or ""
        for key in [key for key, part in told.items() if part not in approval]:
            row.fault(key, f"已登记的审批依据是“{approval or '—'}”，请在这条参保的页面上更正")

    def _refuse_overlap(self, row: Row, plan: Any, person: Any) -> None:
        """Put a fault on a row whose term overlaps one that is known or stands further up in the file."""
        start, end = row.values["starts_on"], row.values["ends_on"]
        for first, last, whose in self.held[plan, person]:
            if first <= end and last >= start:
                row.fault("starts_on", f"与{whose}（{first} 至 {last}）的保障期重叠")
        self.held[plan, person].append((start, end, f"第 {row.number} 行"))

    def _take_approval(self, row: Row, told: ToldApproval) -> None:
        """Note the approval of the row's term, of which the premium is one posting upon one approval."""
        if not told.words:
            return
        term = tuple(row.values[key] for key in ("plan", "starts_on", "paid_on"))
        first, number = self.approvals.setdefault(term, (told, row.number))
        if told != first:
            row.fault("approver", f"同一计划、同一保障期的保费合并记账，审批须与第 {number} 行一致")
        else:
            self.told[row.number] = told

    def save_related(self, rows: Sequence[Row]) -> None:
        """Enter the approvals named, which a second account confirms before the premium is posted."""
        super().save_related(rows)
        told = {row.pk: self.told[row.number] for row in rows if row.number in self.told}
        enter_told(told=told, actor=self.actor)
