"""Inspections (代表巡视) with what they found and what became of it."""

import datetime as dt
from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from congress.bodies.admin import PLAIN_STYLES, actor
from congress.departments.models import Department
from congress.inspections import services as inspections
from congress.inspections.enums import FindingState
from congress.inspections.forms import FindingForm, SettleForm
from congress.inspections.models import Finding, Inspection
from union_portal.base.admin import PortalModelAdmin, ReadOnlyModelAdmin, display, object_action
from union_portal.base.steps import timeline

_OPEN = Q(findings__state=FindingState.OPEN)


@admin.register(Inspection)
class InspectionAdmin(PortalModelAdmin[Inspection]):
    """代表巡视."""

    list_display = ("title", "number", "held_on", "places", "found", "still_open")
    list_filter = ("congress",)
    search_fields = ("title", "places", "summary")
    date_hierarchy = "held_on"
    fields = ("title", ("congress", "number"), ("held_on", "heads"), "places", "people", "summary")
    autocomplete_fields = ("people",)
    change_form_outer_before_template = "congress/inspections/admin/findings.html"
    actions_detail = ("note_finding",)

    class Media:
        css: ClassVar[dict[str, list[str]]] = PLAIN_STYLES

    def get_queryset(self, request: HttpRequest) -> QuerySet[Inspection]:
        """Count the findings with the list."""
        rows = super().get_queryset(request)
        return rows.annotate(findings_all=Count("findings"), findings_open=Count("findings", filter=_OPEN))

    @admin.display(description="巡视发现", ordering="findings_all")
    def found(self, row: Any) -> int:
        """Say how many."""
        return int(row.findings_all)

    @admin.display(description="尚未落实", ordering="findings_open")
    def still_open(self, row: Any) -> int:
        """Say how many are open."""
        return int(row.findings_open)

    def above_form(self, request: HttpRequest, subject: Inspection) -> dict[str, Any]:
        """Put the findings above the form."""
        del request
        return {"findings": subject.findings.select_related("department").order_by("pk")}

    @object_action(
        description="登记发现的问题",
        permission="congress.change_inspection",
        form=FindingForm,
        primary=True,
        icon="add_comment",
    )
    def note_finding(
        self,
        request: HttpRequest,
        subject: Inspection,
        text: str,
        department: Department | None,
        due_on: dt.date | None,
    ) -> str:
        """Note it."""
        inspections.note_finding(
            inspection=subject, text=text, department=department, due_on=due_on, actor=actor(request)
        )
        return "问题已登记。"


class OverdueFilter(admin.SimpleListFilter):
    """Findings not put right by their day."""

    title = "期限"
    parameter_name = "overdue"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:  # noqa: ARG002
        """Offer the one question."""
        return [("yes", "已逾期")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:  # noqa: ARG002
        """Narrow the list."""
        if self.value() == "yes":
            return queryset.filter(state=FindingState.OPEN, due_on__lt=timezone.localdate())
        return queryset


@admin.register(Finding)
class FindingAdmin(ReadOnlyModelAdmin[Finding]):
    """What was found; noted on the inspection's page, settled here."""

    list_display = ("text", "inspection", "department", "due_on", "state_shown", "settled_on")
    list_filter = (OverdueFilter, "state", "department")
    list_select_related = ("inspection", "department")
    search_fields = ("text", "result", "inspection__title")
    fields = ("inspection", "text", ("department", "due_on"), "result", "settled_on")
    change_form_outer_before_template = "base/admin/history.html"
    actions_detail = ("settle_finding",)

    class Media:
        css: ClassVar[dict[str, list[str]]] = PLAIN_STYLES

    @display(description="状态", label={"open": "warning", "put_right": "success"}, ordering="state")
    def state_shown(self, subject: Finding) -> tuple[str, str]:
        """Show the state as a pill."""
        return subject.state, subject.get_state_display()

    def above_form(self, request: HttpRequest, subject: Finding) -> dict[str, Any]:
        """Put the history above."""
        del request
        return {"moves": timeline(subject), "state_words": subject.get_state_display()}

    def back_from_step(self, subject: Finding) -> str:
        """Lead back to the inspection, where the next finding waits."""
        return reverse("admin:congress_inspection_change", args=[subject.inspection_id])

    @object_action(
        description="登记处理结果",
        permission="congress.change_finding",
        form=SettleForm,
        offered=lambda finding: finding.state == FindingState.OPEN,
        primary=True,
        icon="task_alt",
    )
    def settle_finding(
        self, request: HttpRequest, subject: Finding, right: bool, result: str, settled_on: dt.date
    ) -> str:
        """Settle it."""
        inspections.settle(finding=subject, result=result, on=settled_on, right=right, actor=actor(request))
        return "处理结果已登记。"
