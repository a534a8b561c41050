"""Applications to join on the desk: handed in, advised, decided, printed."""

import io
from typing import Any

from django.contrib import admin
from django.http import FileResponse, HttpRequest
from django.utils import timezone

from members.admissions import services
from members.admissions.enums import AdmissionState
from members.admissions.models import Admission
from members.admissions.renderers import application_form
from members.branches.models import Branch
from union_portal.accounts.enums import Access
from union_portal.accounts.requests import account_of
from union_portal.accounts.services import log_access
from union_portal.base.admin import RecordAdmin, object_action
from union_portal.base.admin.picking import narrower
from union_portal.base.states import Move


@admin.register(Admission)
class AdmissionAdmin(RecordAdmin[Admission]):
    """入会申请."""

    list_display = ("person", "applied_on", "branch", "decided_on", "state_shown")
    list_filter = ("state", "branch", "applied_on")
    search_fields = ("person__name", "person__search_key", "person__staff_number")
    autocomplete_fields = ("person",)
    fixed_fields = ("person",)
    by = {"admit": services.admit, "reopen": None, "lapse": None, "revive": None}
    actions_detail = ("print_form",)

    def get_changeform_initial_data(self, request: HttpRequest) -> Any:
        """Take today, and the branch of whoever has but one, unless told otherwise."""
        start = {
            "applied_on": timezone.localdate().isoformat(),
            "branch": Branch.objects.sole_led_by(account_of(request)),
        }
        return {**start, **super().get_changeform_initial_data(request)}

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """List for the applicant who is no member yet."""
        if db_field.name == "person":
            own = "不在其中的，还没有归入本分工会，请由组织委员登记。" if account_of(request).is_confined else ""
            kwargs["widget"] = narrower(db_field, "admit_member")
            kwargs["help_text"] = f"输入姓名、工号或拼音；只列出在册而尚未入会的人。{own}"
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_readonly_fields(self, request: HttpRequest, obj: Admission | None = None) -> Any:
        """Leave what was decided as it is."""
        told = ("applied_on", "branch", "words") if obj is not None and obj.state != AdmissionState.APPLIED else ()
        return [*super().get_readonly_fields(request, obj), *told]

    def step_says(self, step: Move, subject: Admission) -> str:
        """Say what an admission does."""
        if step.action != "admit":
            return super().step_says(step, subject)
        return f"{subject.person}自批准日期起为会员，归入{subject.branch}；入会登记自动完成。"

    @object_action(description="打印入会申请书", permission="members.change_admission", icon="print")
    def print_form(self, request: HttpRequest, subject: Admission) -> FileResponse:
        """Give the form as PDF; logged."""
        made = application_form(subject)
        log_access(
            user=account_of(request), action=Access.PRINT, kind="members.admission", subject=str(subject.pk), rows=1
        )
        name = f"入会申请书-{subject.person.name}.pdf"
        return FileResponse(io.BytesIO(made.pdf), filename=name, content_type="application/pdf")
