"""Proposals at the desk: the list with its bulk steps, and the page of one."""

import datetime as dt
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest

from congress.departments.models import Department
from congress.handling.forms import AssignForm
from congress.handling.models import Assignment
from congress.handling.services import assigning
from congress.proposal_desk.admin.filters import NEEDS_A_HAND, LeadFilter
from congress.proposal_desk.admin.papers import PaperSteps
from congress.proposal_desk.admin.steps import ProposalSteps
from congress.proposals.enums import IN_HAND, ProposalState
from congress.proposals.models import Proposal
from congress.proposals.portal.standing import author_of, overdue
from congress.proposals.services.guards import BulkResult
from congress.ratings.portal import proposal_page
from congress.review import services as review
from congress.review.forms import BulkReviewForm
from union_portal.accounts.requests import account_of
from union_portal.base.admin import OwnPageAdmin, display
from union_portal.base.admin.bulk import bulk_action
from union_portal.base.admin.columns import column
from union_portal.base.admin.deadlines import with_days_left

PILLS = {
    "submitted": "warning",
    "referred": "warning",
    "approving": "warning",
    "filed": "warning",
    "assigned": "info",
    "signing": "info",
    "answered": "info",
    "rehandling": "danger",
    "closed": "success",
    "declined": "danger",
    "passed_on": "warning",
    "late": "warning",
    "advising": "info",
    "advised": "success",
    "overdue": "danger",
}


@admin.register(Proposal)
class ProposalAdmin(ProposalSteps, PaperSteps, OwnPageAdmin[Proposal]):
    page_template = "congress/proposal_desk/admin/proposal.html"
    list_display = ("title", "number", "author", "state_shown", "lead_shown", "due_shown")
    export_also = ("category", "delegation")
    list_filter = ("drive__session", "state", NEEDS_A_HAND, LeadFilter, "category", "congress", "recorded")
    search_fields = ("number", "title", "proposer__person__name", "proposer__person__search_key", "author_words")
    list_select_related = ("category", "proposer__person", "delegation", "drive")
    ordering = ("-drive__opens_on", "number", "pk")
    lead_shown = column("主办部门", "lead_name")
    actions_detail = (*ProposalSteps.actions_detail, *PaperSteps.paper_actions)
    actions = ("review_chosen", "approve_chosen", "assign_chosen")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Proposal]:
        return super().get_queryset(request).annotate(lead_name=Assignment.objects.lead_names())

    @display(description="提案人")
    def author(self, proposal: Proposal) -> str:
        return author_of(proposal)

    @display(description="状态", label=PILLS, ordering="state")
    def state_shown(self, proposal: Proposal) -> tuple[str, str]:
        """Show the state as a pill, red when it is overdue."""
        if overdue(proposal):
            return "overdue", f"{proposal.get_state_display()}，已逾期"
        return "lost" if proposal.is_lost else proposal.state, proposal.state_label

    @display(description="期限", ordering="due_on")
    def due_shown(self, proposal: Proposal) -> str:
        """Show the deadline of what is waited for, with the days left."""
        day = proposal.due_on
        if proposal.state == ProposalState.ANSWERED:
            day = proposal.rate_by
        elif proposal.state not in (*IN_HAND, ProposalState.SIGNING):
            return ""
        return with_days_left(day) if day else ""

    def has_add_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """Proposals come from delegates, or from their paper forms at the drive."""
        return False

    def has_review_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("congress.review_proposal")

    def has_approve_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("congress.approve_filing")

    def has_assign_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("congress.assign_proposal")

    @bulk_action(
        description="审查选中的提案",
        sentence="将为选中的 %(count)s 件提案登记审查意见，只对仍待审查的生效。",
        form=BulkReviewForm,
        permission="review",
    )
    def review_chosen(self, request: HttpRequest, rows: list[Proposal], **data: Any) -> str:
        return _told(request, review.review_many(proposals=rows, actor=account_of(request), **data))

    @bulk_action(
        description="批准选中的提案立案",
        sentence="将批准选中的 %(count)s 件提案立案，只对待审批的生效。",
        permission="approve",
    )
    def approve_chosen(self, request: HttpRequest, rows: list[Proposal]) -> str:
        return _told(request, review.approve_many(proposals=rows, actor=account_of(request)))

    @bulk_action(
        description="交办选中的提案",
        sentence="将选中的 %(count)s 件提案交给相同的部门办理，只对已立案未交办的生效。",
        form=AssignForm,
        permission="assign",
    )
    def assign_chosen(
        self, request: HttpRequest, rows: list[Proposal], lead: Department, supporting: Any, due_on: dt.date | None
    ) -> str:
        result = assigning.assign_many(
            proposals=rows, lead=lead, supporting=supporting, due_on=due_on, actor=account_of(request)
        )
        return _told(request, result)

    def page_parts(self, request: HttpRequest, subject: Proposal, buttons: Any) -> dict[str, Any]:  # noqa: ARG002
        """Show what the handling added; the text is never edited here."""
        return {**proposal_page(subject), "at_desk": True}


def _told(request: HttpRequest, result: BulkResult) -> str:
    """Say how many went through; name each that did not, with the reason."""
    for proposal, words in result.refused:
        messages.warning(request, f"{proposal.number or proposal}：{words}")
    return f"共 {len(result.done) + len(result.refused):,} 件，完成 {len(result.done):,} 件。"
