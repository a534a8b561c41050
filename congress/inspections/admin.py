"""Inspections at the desk, with what they found and what became of it."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from congress.inspections.enums import FindingState
from congress.inspections.models import Finding, FindingQuerySet, Inspection
from union_portal.base.admin import RecordAdmin
from union_portal.base.admin.columns import column
from union_portal.base.admin.filters import question
from union_portal.base.querysets import how_many


@admin.register(Inspection)
class InspectionAdmin(RecordAdmin[Inspection]):
    list_display = ("title", "number", "held_on", "places", "found", "still_open")
    list_filter = ("congress",)
    search_fields = ("title", "places", "summary")
    children = ("findings",)
    found = column("巡视发现", "findings_all")
    still_open = column("尚未落实", "findings_open")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Inspection]:
        found = Finding.objects.all()
        left = found.filter(state=FindingState.OPEN)
        rows = super().get_queryset(request)
        return rows.annotate(findings_all=how_many(found, "inspection"), findings_open=how_many(left, "inspection"))


@admin.register(Finding)
class FindingAdmin(RecordAdmin[Finding]):
    list_display = ("text", "inspection", "department", "due_on", "state_shown", "settled_on")
    export_also = ("result",)
    list_filter = (
        question(title="期限", name="overdue", narrow={"yes": ("已逾期", FindingQuerySet.overdue)}),
        "state",
        "department",
    )
    search_fields = ("text", "result", "inspection__title")
    fixed_fields = ("inspection", "text", "department", "due_on")
    parent = "inspection"
