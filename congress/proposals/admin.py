"""Drives for proposals, and the paper forms entered at them."""

import datetime as dt
from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html

from congress.bodies.models import Congress
from congress.delegates.models import Delegation
from congress.drives.models import ProposalDrive
from congress.proposals.enums import ProposalState
from congress.proposals.forms.paper import paper_form
from congress.proposals.services import drives, paper
from union_portal.accounts.requests import account_of
from union_portal.base.admin import PortalModelAdmin, adopt, display, object_action
from union_portal.base.querysets import how_many_of


@admin.register(ProposalDrive)
class ProposalDriveAdmin(PortalModelAdmin[ProposalDrive]):
    list_display = ("session", "opens_on", "closes_at", "came", "unsent", "published")
    export_also = ("min_seconders",)
    list_filter = ("published",)
    search_fields = ("session__title", "code")
    list_select_related = ("session",)
    autocomplete_fields = ()
    fieldsets = (
        (None, {"fields": ("session", "code", "opens_on", "closes_at")}),
        (
            "规则",
            {
                "fields": (
                    "min_seconders",
                    ("delegations_propose", "observers_propose"),
                    "precheck",
                    ("leader_approves", "sign_off"),
                    ("reply_days", "feedback_days"),
                    "published",
                )
            },
        ),
        ("报告", {"fields": ("reconciliation",)}),
    )
    actions_detail: ClassVar[tuple[str, ...]] = ("enter_paper",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[ProposalDrive]:
        """Count with the rows what came in and what is still being written."""
        unsent = Q(state__in=[ProposalState.DRAFT, ProposalState.SECONDING, ProposalState.PRECHECK])
        return (
            super()
            .get_queryset(request)
            .annotate(
                came_count=how_many_of(ProposalDrive, "proposals", Q(submitted_at__isnull=False)),
                unsent_count=how_many_of(ProposalDrive, "proposals", unsent),
            )
        )

    @display(description="收到提案", ordering="came_count")
    def came(self, drive: Any) -> int:
        """How many were handed in, late ones included."""
        return int(drive.came_count)

    @display(description="撰写、附议中", ordering="unsent_count")
    def unsent(self, drive: Any) -> int:
        """How many wait with authors, seconders and delegations; who reads them is none of the office's business."""
        return int(drive.unsent_count)

    def save_model(self, request: HttpRequest, obj: ProposalDrive, form: Any, change: bool) -> None:  # noqa: ARG002
        """Save through the service, which keeps numbered drives what they are."""
        adopt(obj, drives.keep_drive(drive=obj))

    @object_action(
        description="录入纸质提案表",
        permission="congress.add_proposal",
        form=lambda _admin, _request, drive: paper_form(drive),
        icon="document_scanner",
        primary=True,
    )
    def enter_paper(
        self,
        request: HttpRequest,
        subject: ProposalDrive,
        *,
        congress: Congress,
        proposer: str,
        delegation: Delegation | None,
        seconders: str,
        received_at: dt.datetime,
        **form: Any,
    ) -> str:
        """Enter a signed form: numbered at once, or a suggestion when it came after the close."""
        on = timezone.localdate(received_at)
        words = proposer.strip()
        made = paper.enter_paper(
            drive=subject,
            congress=congress,
            proposer=paper.find_delegate(congress=congress, words=words, on=on, field="proposer") if words else None,
            delegation=delegation,
            as_body=delegation is not None,
            seconders=paper.find_delegates(congress=congress, words=seconders, on=on, field="seconders"),
            received_at=received_at,
            actor=account_of(request),
            **form,
        )
        if made.state == ProposalState.LATE:
            return format_html("“{}”晚于截止时间收到，已按意见建议录入。", made.title)
        return format_html("已录入：{} “{}”。", made.number, made.title)
