"""Claims of past years, by list, and the standards they are judged by."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from union_portal.base.importing.fields import Computed
from union_portal.base.importing.kinds import register_kind
from union_portal.base.importing.lists import ModelList
from union_portal.base.importing.rows import Row
from welfare.claims.enums import ClaimState
from welfare.claims.models import Claim, ClaimPaperKind, ClaimRule
from welfare.claims.services.formulas import benefit
from welfare.mutual_aid.models import Cover, MutualAidPlan
from welfare.rosters.resources import NAME, STAFF_NUMBER, People

_DAYS = "occurred_on ended_on settled_on base notified_on applied_on late_reason sent_on paid_on paid_amount"
_FOUND = ("staff_number", "plan", "grade", "occurred_on", "ended_on", "base", "applied_on")


@register_kind
class ClaimRuleList(ModelList):
    """What plans pay, each from a day on."""

    model, name, key, order = ClaimRule, "claim_rules", ("plan", "grade", "valid_from"), 46
    synonyms = {"plan": ("险种", "互助保障计划"), "amount": ("金额",), "percent": ("比例",)}


@register_kind
class ClaimPaperKindList(ModelList):
    """The papers that a plan's claims need, by plan and name."""

    model, name, key, order = ClaimPaperKind, "claim_papers", ("plan", "name"), 47
    synonyms = {"plan": ("险种", "互助保障计划", "计划"), "name": ("材料名称", "所需材料"), "original": ("查验原件",)}
    examples = {"name": "出院记录"}


@register_kind
class ClaimList(ModelList):
    """Claims by person, plan, class and first day; the cover that pays is found among the person's."""

    model, name, order, cancelled_by = Claim, "claims", 61, "annul"
    key = ("staff_number", "plan", "grade", "occurred_on")
    extra = (replace(STAFF_NUMBER, attribute="person"), replace(NAME, attribute=None))
    fields_in_order = tuple(f"staff_number name plan grade {_DAYS} return_code state source".split())
    synonyms = {
        "plan": ("险种", "互助保障计划", "计划"),
        "occurred_on": ("入院日期", "出险日期", "发生日期"),
        "paid_on": ("赔付日期",),
        "paid_amount": ("获赔金额", "理赔金额"),
    }

    def prepare(self) -> None:
        """Fill every column, and beside them cover, standard, branch and what is due."""
        super().prepare()
        self.present = list(self.kind.columns)
        self.computed = (Computed(("cover", "rule", "branch", "amount"), _FOUND, self._found),)  # type: ignore[misc]

    def load_current(self, rows: Sequence[Row]) -> None:
        """Read people, covers and standards once."""
        self.people = People((row.values["staff_number"] for row in rows if "staff_number" in row.values), by="pk")
        self.plans = MutualAidPlan.objects.in_bulk()
        self.covers: dict[tuple[Any, Any], list[Cover]] = defaultdict(list)
        for cover in Cover.objects.standing().filter(person__in=self.people.by_number).order_by("starts_on"):
            self.covers[cover.plan_id, cover.person_id].append(cover)
        self.rules: dict[tuple[Any, str], list[ClaimRule]] = defaultdict(list)
        for rule in ClaimRule.objects.all():
            self.rules[rule.plan_id, rule.grade].append(rule)
        super().load_current(rows)

    def related_values(self, pks: Sequence[Any]) -> Mapping[Any, Mapping[str, Any]]:
        """Return the people's names."""
        return {pk: {"name": name} for pk, name in Claim.objects.filter(pk__in=pks).values_list("pk", "person__name")}

    def clean_row(self, row: Row) -> None:
        """Find the cover and the standard of the day, or say which is missing; a new row was paid unless it says."""
        person, plan, on = self.people.match(row), self.plans.get(row.get("plan")), row.get("occurred_on")
        row.values.pop("name", None)
        if person is not None and plan is not None and on is not None:
            if self._rule(plan.pk, row.get("grade") or "", on) is None:
                row.fault("plan", f"“{plan}”在 {on} 没有这个类别的理赔标准，请先登记")
            elif (cover := self._cover(plan.pk, person.pk, on)) is None:
                row.fault("occurred_on", f"{on} 未参加“{plan}”")
            elif on < (first := self._holds_from(plan, cover)):
                row.fault("occurred_on", f"首次参保，{first} 起才有保障")
        if row.is_new:
            told = ClaimState.INSURER if row.get("paid_amount") is None else ClaimState.PAID
            row.values = {"state": told, **{k: v for k, v in row.values.items() if v is not None}}
        super().clean_row(row)

    def _cover(self, plan: Any, person: Any, on: dt.date) -> Cover | None:
        return next((one for one in self.covers[plan, person] if one.starts_on <= on <= one.ends_on), None)

    def _rule(self, plan: Any, grade: str, on: dt.date) -> ClaimRule | None:
        rules = self.rules[plan, grade]
        return next((one for one in rules if one.valid_from <= on and (not one.valid_to or on <= one.valid_to)), None)

    def _holds_from(self, plan: MutualAidPlan, cover: Cover) -> dt.date:
        day_before = cover.starts_on - dt.timedelta(days=1)
        same = self.covers[plan.pk, cover.person_id]
        renewed = any(one.starts_on < cover.starts_on and one.ends_on >= day_before for one in same)
        return cover.starts_on + dt.timedelta(days=0 if renewed else plan.waiting_days)

    def _found(
        self, person: Any, plan: Any, grade: Any, on: Any, ended: Any, base: Decimal | None, applied: Any
    ) -> tuple[Any, ...]:
        cover, rule = self._cover(plan, person, on), self._rule(plan, grade or "", on)
        due = benefit(rule=rule, occurred_on=on, ended_on=ended, base=base).amount if rule else Decimal(0)
        return (
            cover and cover.pk,
            rule and rule.pk,
            self.people.branch_on(person, applied or on),
            due,
        )
