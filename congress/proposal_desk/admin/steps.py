"""The steps of a proposal as buttons: reviewed, approved, assigned, extended, answered, and what comes on paper."""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from django import forms
from django.http import HttpRequest

from congress.departments.models import Department
from congress.handling.enums import Duty, ExtensionState
from congress.handling.forms import (
    AdviceForm,
    AssignForm,
    ExtensionForm,
    ReassignForm,
    ReplyForm,
    extension_initial,
    open_reply,
    reply_initial,
)
from congress.handling.models import Extension
from congress.handling.services import assigning, extensions, replies
from congress.proposals.enums import IN_HAND, PROPOSAL_MACHINE, ProposalState
from congress.proposals.models import Proposal
from congress.review import services as reviewing
from congress.review.forms import ReasonForm, review_form
from union_portal.accounts.requests import account_of
from union_portal.base.admin import object_action
from union_portal.base.rules import permission_of
from union_portal.base.steps import take


def _step(action: str, *, source: str = "", description: str = "", **options: Any) -> Callable[..., Any]:
    """Return a button for an action of the table: its label, its permission, where the table allows it."""
    moves = [one for one in PROPOSAL_MACHINE.moves if one.action == action and source in {"", one.source}]
    sources = [one.source for one in moves]
    return object_action(
        description=description or moves[0].label,
        permission=permission_of(Proposal, moves[0]),
        offered=lambda proposal: proposal.state in sources,
        template="congress/proposal_desk/admin/step.html",
        **options,
    )


def _asked(proposal: Proposal) -> Extension | None:
    found: Extension | None = proposal.extensions.filter(state=ExtensionState.ASKED).first()
    return found


def _review(_admin: Any, _request: HttpRequest, proposal: Proposal) -> type[forms.Form]:
    return review_form(proposal, by_presidium=proposal.state == ProposalState.REFERRED)


def _says_filing(_admin: Any, _request: HttpRequest, proposal: Proposal) -> str:
    return f"{proposal}：{'立案后报领导审批' if proposal.drive.leader_approves else '立案后即可交办'}。"


def _says_assigning(_admin: Any, _request: HttpRequest, proposal: Proposal) -> str:
    return f"{proposal}：交办后部门立即可见；不填日期则自今天起 {proposal.drive.reply_days} 天内答复。"


def _says_extension(_admin: Any, _request: HttpRequest, proposal: Proposal) -> str:
    asked = _asked(proposal)
    if asked is None:
        return ""
    return f"{asked.department}申请将答复期限由 {proposal.due_on} 延至 {asked.until}：{asked.reason}"


def _assigned(proposal: Proposal) -> dict[str, Any]:
    standing = proposal.assignments.living()
    return {
        "lead": standing.filter(duty=Duty.LEAD).values_list("department", flat=True).first(),
        "supporting": list(standing.filter(duty=Duty.SUPPORT).values_list("department", flat=True)),
    }


def _suggested(proposal: Proposal) -> dict[str, Any]:
    review = proposal.reviews.filter(department__isnull=False).last()
    return {"lead": review.department_id} if review else {}


def stands(held: Proposal) -> str:
    """Say in which state the proposal is now."""
    return f"{held.number or held.title}：{held.get_state_display()}。"


class ProposalSteps:
    actions_detail: ClassVar[Sequence[Any]] = (
        "review_proposal",
        "presidium_decision",
        "approve_filing",
        "send_back",
        "assign_proposal",
        "decide_extension",
        "reassign_proposal",
        "advise_author",
        "take_back",
        "set_aside",
    )

    @_step(
        "decline",
        source=ProposalState.SUBMITTED,
        description="审查",
        form=_review,
        confirmation=_says_filing,
        primary=True,
    )
    def review_proposal(self, request: HttpRequest, subject: Proposal, **data: Any) -> str:
        return stands(reviewing.review(proposal=subject, actor=account_of(request), **data))

    @_step(
        "decline",
        source=ProposalState.REFERRED,
        description="登记主席团决定",
        form=_review,
        confirmation=_says_filing,
        primary=True,
    )
    def presidium_decision(self, request: HttpRequest, subject: Proposal, **data: Any) -> str:
        return stands(reviewing.review(proposal=subject, actor=account_of(request), by_presidium=True, **data))

    @_step(
        "approve",
        confirmation=lambda _admin, _request, proposal: f"{proposal}：批准后立案，由办公室交办。",
        primary=True,
    )
    def approve_filing(self, request: HttpRequest, subject: Proposal) -> str:
        return stands(reviewing.approve(proposal=subject, actor=account_of(request)))

    @_step("send_back", form=ReasonForm)
    def send_back(self, request: HttpRequest, subject: Proposal, reason: str) -> str:
        reviewing.send_back(proposal=subject, actor=account_of(request), reason=reason)
        return f"{subject.number} 已退回委员会。"

    @_step("assign", form=AssignForm, initial=_suggested, confirmation=_says_assigning, primary=True)
    def assign_proposal(self, request: HttpRequest, subject: Proposal, lead: Department, **data: Any) -> str:
        held = assigning.assign(proposal=subject, lead=lead, actor=account_of(request), **data)
        return f"{held.number or held.title} 已交{lead}主办，答复期限 {held.due_on}。"

    @object_action(
        description="变更承办部门",
        permission="congress.assign_proposal",
        form=ReassignForm,
        initial=_assigned,
        offered=lambda proposal: proposal.state in IN_HAND,
    )
    def reassign_proposal(self, request: HttpRequest, subject: Proposal, lead: Department, **data: Any) -> str:
        assigning.reassign(proposal=subject, lead=lead, actor=account_of(request), **data)
        return f"{subject.number or subject.title} 现由{lead}主办。"

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
            held = extensions.grant(extension=asked, actor=account_of(request), answer=answer, until=until)
            return f"答复期限已改为 {held.until}。"
        extensions.refuse(extension=asked, actor=account_of(request), answer=answer)
        return "不同意延期，期限不变。"

    @_step("advise", form=AdviceForm, initial=lambda proposal: reply_initial(open_reply(proposal)))
    def advise_author(self, request: HttpRequest, subject: Proposal, **data: Any) -> str:
        """Answer what was passed on, also for the department that has it."""
        replies.advise(proposal=subject, draft=ReplyForm.of(data), actor=account_of(request))
        return "已答复，提案人可以看到。"

    @_step("take_back", description="从部门收回", form=ReasonForm)
    def take_back(self, request: HttpRequest, subject: Proposal, reason: str) -> str:
        """Take what was passed on back from its department."""
        return stands(assigning.take_back(proposal=subject, why=reason, actor=account_of(request)))

    @_step("set_aside", form=ReasonForm)
    def set_aside(self, request: HttpRequest, subject: Proposal, reason: str) -> str:
        """Keep what was passed on without sending it on."""
        return stands(take(subject=subject, action="set_aside", actor=account_of(request), why=reason))
