"""The warnings of the rules on the desk: answered by one person, confirmed by another."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse

from union_portal.accounts.requests import account_of
from union_portal.base.admin import ReadOnlyModelAdmin, display, object_action, refused_by
from union_portal.base.admin.filters import question
from welfare.grants.admin.history import round_address
from welfare.grants.models import RuleWarning
from welfare.grants.services import warnings


class AnswerForm(forms.ModelForm[RuleWarning]):
    """Why, and by which document it was decided."""

    class Meta:
        model = RuleWarning
        fields = ("reason", "document")
        widgets = {"reason": forms.Textarea({"rows": 3})}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for field in self.fields.values():
            field.required = True


STANDING = question(
    title="办理情况",
    name="standing",
    narrow={
        "open": ("待说明", lambda rows: rows.filter(answered_by=None)),
        "answered": ("待确认", lambda rows: rows.filter(confirmed_by=None).exclude(answered_by=None)),
        "done": ("已确认", lambda rows: rows.exclude(confirmed_by=None)),
    },
)


@admin.register(RuleWarning)
class RuleWarningAdmin(ReadOnlyModelAdmin[RuleWarning]):
    """What the rules object to."""

    list_display = ("subject", "detail", "standing", "answered_by", "confirmed_by")
    export_also = ("code", "heads")
    list_filter = (STANDING, "code")
    list_select_related = ("round__occasion", "round__benefit", "grant__benefit", "answered_by", "confirmed_by")
    actions_detail = ("answer_warning", "confirm_warning")

    def back_from_step(self, subject: RuleWarning) -> str | None:
        """Lead back to the round or the case that the warning is about."""
        if subject.round_id:
            return round_address(subject.round_id, "warnings")
        return reverse("admin:welfare_grant_change", args=[subject.grant_id]) if subject.grant_id else None

    def step_title(self, step: str, subject: RuleWarning | None) -> str:
        """Name the round or the case; what was exceeded is told whole below."""
        return f"{step}：{subject.round or subject.grant}" if subject is not None else step

    def is_mourning(self, subject: RuleWarning) -> bool:
        """Death and illness."""
        return subject.grant is not None and subject.grant.benefit.grave

    @display(description="涉及")
    def subject(self, warning: RuleWarning) -> str:
        return str(warning.round or (warning.grant.benefit if warning.grant else ""))

    @display(description="状态", label={"open": "danger", "answered": "warning", "done": "success"})
    def standing(self, warning: RuleWarning) -> tuple[str, str]:
        if warning.confirmed_by_id:
            return "done", "已确认"
        return ("answered", "待确认") if warning.answered_by_id else ("open", "待说明")

    @object_action(
        description="填写理由和文件",
        permission="welfare.answer_warning",
        form=AnswerForm,
        confirmation=lambda _admin, _request, warning: warning.detail,
        offered=lambda warning: warning.confirmed_by_id is None,
        primary=True,
        icon="edit_note",
    )
    def answer_warning(self, request: HttpRequest, subject: RuleWarning, **answer: str) -> str:
        warnings.answer(warning=subject, actor=account_of(request), **answer)
        return "已登记，须由另一人确认。"

    @object_action(
        description="确认",
        permission="welfare.confirm_warning",
        confirmation=lambda _admin, _request, warning: (
            f"{warning.detail}。理由：{warning.reason}；文件：{warning.document}"
        ),
        offered=lambda warning: warning.answered_by_id is not None and warning.confirmed_by_id is None,
        blocked=lambda _admin, request, warning: refused_by(
            warnings.may_confirm, warning=warning, actor=account_of(request)
        ),
        primary=True,
        icon="task_alt",
    )
    def confirm_warning(self, request: HttpRequest, subject: RuleWarning) -> str:
        warnings.confirm(warning=subject, actor=account_of(request))
        return "已确认。"
