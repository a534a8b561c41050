"""Audits, findings and the factor of dues at the desk."""

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from django.contrib import admin
from django.utils.html import format_html_join

from union_portal.base.admin import RecordAdmin, display
from union_portal.base.states import Move
from welfare.audit import services
from welfare.audit.models import Audit, AuditFinding, DuesTopUp
from welfare.audit.portal import address_of


@admin.register(Audit)
class AuditAdmin(RecordAdmin[Audit]):
    """The audits, each with what it found."""

    list_display = ("title", "kind", "starts_on", "ends_on", "state_shown", "concluded_on")
    export_also = ("carried_out_by", "opinion", "document")
    list_filter = ("kind", "state")
    search_fields = ("title", "opinion", "document")
    children = ("findings",)
    by: ClassVar[Mapping[str, Callable[..., Any] | None]] = {"conclude": services.conclude}

    def step_says(self, step: Move, subject: Audit) -> str:
        """Say what the checks find before the opinion is given."""
        return f"{services.outcome(audit=subject)}。" if step.action == "conclude" else super().step_says(step, subject)


@admin.register(AuditFinding)
class AuditFindingAdmin(RecordAdmin[AuditFinding]):
    """What was found, with the rows it is about."""

    list_display = ("text", "asked_of", "found_on", "due_on", "state_shown", "amount")
    export_also = ("audit", "answer")
    list_filter = ("state", "asked_of", "audit")
    search_fields = ("text", "answer")
    date_hierarchy = "found_on"
    fields = ("text", "audit", "asked_of", "found_on", "due_on", "amount")
    # What was asked of whom stands; what was asked wrongly is withdrawn and asked anew.
    fixed_fields = ("text", "asked_of", "found_on", "amount")
    readonly_fields = ("about",)
    by: ClassVar[Mapping[str, Callable[..., Any] | None]] = {"answer": services.answer}

    def get_fields(self, request: Any, obj: AuditFinding | None = None) -> Any:
        """Show the answer and the rows once there are some."""
        shown = [*super().get_fields(request, obj), *(["answer"] if obj is not None and obj.answer else [])]
        return [*shown, *(["about"] if obj is not None and obj.rows else [])]

    @display(description="涉及记录")
    def about(self, finding: AuditFinding) -> Any:
        """List the rows as they stood when the finding was raised, each with the way to it."""
        lines = ((address_of(row["ref"]), row["on"], row["about"], row["words"]) for row in finding.rows)
        return format_html_join("", '<p>{1} <a class="up-link" href="{0}">{2}</a>：{3}</p>', lines)


@admin.register(DuesTopUp)
class DuesTopUpAdmin(RecordAdmin[DuesTopUp]):
    list_display = ("__str__", "dues", "valid_from", "valid_to", "source")
    export_also = ("account", "factor")
    list_select_related = ("account", "dues")
