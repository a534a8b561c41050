"""The steps of a proposal as buttons: reviewed, decided for the presidium, approved, assigned, extended."""

import datetime as dt
from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.http import HttpRequest

from congress.bodies.admin import actor
from congress.departments.models import Department
from congress.handling.enums import Duty, ExtensionState
from congress.handling.forms import AssignForm, ExtensionForm, ReassignForm, extension_initial
from congress.handling.models import Extension
from congress.handling.services import assigning, extensions
from congress.proposal_desk.admin.papers import PaperSteps
from congress.proposals.enums import IN_HAND, ProposalState
from congress.proposals.models import Proposal
from congress.review import services as reviewing
from congress.review.enums import Decision
from congress.review.forms import ReasonForm, review_form
from union_portal.base.admin import object_action


def offered_in(*states: ProposalState) -> Any:
    """Offer a step in these states only."""
    return lambda proposal: proposal.state in states


def _asked(proposal: Proposal) -> Extension | None:
    found: Extension | None = proposal.extensions.filter(state=ExtensionState.ASKED).first()
    return found


def _review(_admin: Any, _request: HttpRequest, proposal: Proposal) -> type[forms.Form]:
    return review_form(proposal)


def _presidium(_admin: Any, _request: HttpRequest, proposal: Proposal) -> type[forms.Form]:
    return review_form(proposal, by_presidium=True)


def _says_filing(_admin: Any, _request: HttpRequest, proposal: Proposal) -> str:
    if proposal.drive.leader_approves:
        return f"{proposal}：立案后报领导审批。"
    return f"{proposal}：立案后即可交办。"


def _says_approval(_admin: Any, _request: HttpRequest, proposal: Proposal) -> str:
    return f"{proposal}：批准后立案，由办公室交办。"


def _says_assigning(_admin: Any, _request: HttpRequest, proposal: Proposal) -> str:
    return f"{proposal}：交办后部门立即可见；不填日期则自今天起 {proposal.drive.reply_days} 天内答复。"


def _says_extension(_admin: Any, _request: HttpRequest, proposal: Proposal) -> str:
    asked = _asked(proposal)
    if asked is None:
        return ""
    return f"{asked.department}申请将答复期限由 {proposal.due_on} 延至 {asked.until}：{asked.reason}"


def _assigned(proposal: Proposal) -> dict[str, Any]:
    standing = proposal.assignments.filter(ended_at__isnull=True)
    return {
        "lead": standing.filter(duty=Duty.LEAD).values_list("department", flat=True).first(),
        "supporting": list(standing.filter(duty=Duty.SUPPORT).values_list("department", flat=True)),
    }


def _suggested(proposal: Proposal) -> dict[str, Any]:
    review = proposal.reviews.filter(decision=Decision.FILE, department__isnull=False).last()
    return {"lead": review.department_id} if review else {}


class ProposalSteps(PaperSteps):
    """The steps of one proposal."""

    actions_detail: ClassVar[Sequence[Any]] = (
        "review_proposal",
        "presidium_decision",
        "approve_filing",
        "send_back",
        "assign_proposal",
        "decide_extension",
        "reassign_proposal",
        "resubmit_paper",
        "enter_paper_reply",
    )

    @object_action(
        description="审查",
        permission="congress.review_proposal",
        form=_review,
        confirmation=_says_filing,
        offered=offered_in(ProposalState.SUBMITTED),
        primary=True,
    )
    def review_proposal(self, request: HttpRequest, subject: Proposal, **data: Any) -> str:
        """Enter the committee's decision."""
        held = reviewing.review(proposal=subject, actor=actor(request), **data)
        return f"{held.number}：{held.get_state_display()}。"

    @object_action(
        description="登记主席团决定",
        permission="congress.decide_for_presidium",
        form=_presidium,
        confirmation=_says_filing,
        offered=offered_in(ProposalState.REFERRED),
        primary=True,
    )
    def presidium_decision(self, request: HttpRequest, subject: Proposal, **data: Any) -> str:
        """Enter what the presidium decided."""
        held = reviewing.review(proposal=subject, actor=actor(request), by_presidium=True, **data)
        return f"{held.number}：{held.get_state_display()}。"

    @object_action(
        description="批准立案",
        permission="congress.approve_filing",
        confirmation=_says_approval,
        offered=offered_in(ProposalState.APPROVING),
        primary=True,
    )
    def approve_filing(self, request: HttpRequest, subject: Proposal) -> str:
        """Approve it."""
        held = reviewing.approve(proposal=subject, actor=actor(request))
        return f"{held.number}：{held.get_state_display()}。"

    @object_action(
        description="退回提案委员会",
        permission="congress.approve_filing",
        form=ReasonForm,
        offered=offered_in(ProposalState.APPROVING),
    )
    def send_back(self, request: HttpRequest, subject: Proposal, reason: str) -> str:
        """Send it back."""
        reviewing.send_back(proposal=subject, actor=actor(request), reason=reason)
        return f"{subject.number} 已退回委员会。"

    @object_action(
        description="交办",
        permission="congress.assign_proposal",
        form=AssignForm,
        initial=_suggested,
        confirmation=_says_assigning,
        offered=offered_in(ProposalState.FILED),
        primary=True,
    )
    def assign_proposal(
        self,
        request: HttpRequest,
        subject: Proposal,
        lead: Department,
        supporting: Any,
        due_on: dt.date | None,
    ) -> str:
        """Assign it."""
        held = assigning.assign(proposal=subject, lead=lead, supporting=supporting, due_on=due_on, actor=actor(request))
        return f"{held.number} 已交{lead}主办，答复期限 {held.due_on}。"

    @object_action(
        description="变更承办部门",
        permission="congress.assign_proposal",
        form=ReassignForm,
        initial=_assigned,
        offered=offered_in(*IN_HAND),
    )
    def reassign_proposal(
        self, request: HttpRequest, subject: Proposal, lead: Department, supporting: Any, reason: str
    ) -> str:
        """Give it to others."""
        assigning.reassign(proposal=subject, lead=lead, supporting=supporting, reason=reason, actor=actor(request))
        return f"{subject.number} 现由{lead}主办。"

    @object_action(
        description="处理延期申请",
        permission="congress.decide_extension",
        form=ExtensionForm,
        initial=lambda proposal: extension_initial(_asked(proposal)),
        confirmation=_says_extension,
        offered=lambda proposal: proposal.state in IN_HAND and _asked(proposal) is not None,
        primary=True,
    )
    def decide_extension(
        self, request: HttpRequest, subject: Proposal, decision: str, until: dt.date | None, answer: str
    ) -> str:
        """Grant or refuse what was asked last."""
        asked = subject.extensions.first()
        if asked is None:
            return ""
        if decision == ExtensionForm.GRANT:
            held = extensions.grant(extension=asked, actor=actor(request), answer=answer, until=until)
            return f"答复期限已改为 {held.until}。"
        extensions.refuse(extension=asked, actor=actor(request), answer=answer)
        return "不同意延期，期限不变。"
