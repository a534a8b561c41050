"""Approvals on paper on the desk: what they are about, the scan, the second account's confirmation."""

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.urls import NoReverseMatch, path, reverse

from union_portal.accounts.requests import account_of
from union_portal.accounts.views import give_paper
from union_portal.base.admin import Block, RecordAdmin, refused_by
from union_portal.base.states import Move
from welfare.approvals import services
from welfare.approvals.forms import AmendForm
from welfare.approvals.models import PaperApproval


def waits_on_paper(held: Any, _user: Any) -> Block | None:
    """Return the paper that the row waits for as what is in the way, with the way to it; None where none waits."""
    paper = held.paper_approval_id
    address = reverse("admin:welfare_paperapproval_change", args=[paper]) if paper else ""
    return refused_by(services.must_not_wait, paper=held.paper_approval, label="查看线下审批", address=address)


@admin.register(PaperApproval)
class PaperApprovalAdmin(RecordAdmin[PaperApproval]):
    """Entered where the round, the case or the list is; confirmed here."""

    list_display = ("about", "approver", "approved_on", "document", "entered_by", "state_shown")
    export_also = ("office", "entered_at", "confirmed_by", "confirmed_at")
    list_filter = ("state", "approved_on", "confirmed_by")
    search_help_text = "事项、文号、审批人姓名或工号"
    search_fields = ("about", "document", "told", "approver__name", "approver__staff_number")
    fields = (
        *("about", "approver", "office", "approved_on", "document", "scan", "told"),
        *("entered_by", "entered_at", "confirmed_by", "confirmed_at"),
    )
    readonly_fields = fields
    date_hierarchy = "entered_at"
    change_form_outer_before_template = "welfare/approvals/approval.html"
    by: ClassVar[Mapping[str, Callable[..., Any] | None]] = {
        "confirm": services.confirm,
        "reject": services.reject,
        "amend": services.amend,
    }

    def has_add_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """It is entered with what it is about."""
        return False

    def above_form(self, request: HttpRequest, subject: PaperApproval) -> dict[str, Any]:
        """Name what the approval is about, with the way to it."""
        return {"paper": subject, "about": list(self._about(request, subject))}

    def _about(self, request: HttpRequest, subject: PaperApproval) -> Any:
        """Yield kind, number of rows and address of what hangs on the approval; the rooms above are not known here."""
        for link in subject._meta.related_objects:  # noqa: SLF001
            admin_of = self.admin_site.get_model_admin(link.related_model) if self._listed(link.related_model) else None
            if admin_of is None:
                continue
            rows = admin_of.get_queryset(request).filter(**{link.field.name: subject})
            count, first = rows.count(), rows.order_by("pk").first()
            if first is not None:
                opts = admin_of.opts
                try:
                    address = reverse(f"admin:{opts.app_label}_{opts.model_name}_change", args=[first.pk])
                except NoReverseMatch:
                    address = ""
                yield {"label": str(first), "kind": opts.verbose_name, "count": count, "address": address}

    def _listed(self, model: Any) -> bool:
        return bool(self.admin_site.is_registered(model))

    def blocks(self, request: HttpRequest, step: Move, subject: PaperApproval) -> Block | None:
        """Let nobody confirm what he entered, what is not whole, or what a room objects to."""
        if step.action != "confirm":
            return None
        amend = reverse("admin:welfare_paperapproval_step_amend", args=[subject.pk])
        return refused_by(services.must_be_whole, approval=subject, label="更正", address=amend) or refused_by(
            services.may_confirm, approval=subject, actor=account_of(request)
        )

    def step_says(self, step: Move, subject: PaperApproval) -> str:
        """Say what was approved, by whom and when, and what a confirmation does."""
        told = f"{subject.about}：{subject.approver or '审批人待补充'}，{subject.words() or '审批依据待补充'}。"
        return f"{told}请对照扫描件核对；确认后即为审批通过，可以记账。" if step.action == "confirm" else told

    def step_form(self, request: HttpRequest, step: Move, subject: PaperApproval | None) -> type[forms.Form]:
        """Let the approver be picked from those who could approve."""
        if step.action != "amend" or subject is None:
            return super().step_form(request, step, subject) if step.action != "amend" else AmendForm
        told = {"approver": subject.approver_id, "approved_on": subject.approved_on, "document": subject.document}

        class Filled(AmendForm):
            def __init__(self, *args: Any, **options: Any) -> None:
                super().__init__(*args, **options)
                self.initial = {**told, **(self.initial or {})}

        return Filled

    def get_urls(self) -> list[Any]:
        """Add the door of the scan."""
        view = self.admin_site.admin_view(self.scan_view)
        return [path("<int:pk>/scan/", view, name="welfare_paperapproval_scan"), *super().get_urls()]

    def scan_view(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """Give the scan to whoever may see the approval; logged."""
        found = self.subject_or_404(request, str(pk))
        if not self.has_view_permission(request, found):
            raise PermissionDenied
        return give_paper(request, found.scan)
