"""The steps of a proposal as buttons: reviewed, decided for the presidium, approved, assigned, extended."""

import datetime as dt
from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from congress.admin.acting import actor
from congress.admin.proposal_papers import PaperSteps
from congress.enums import IN_HAND, Decision, Duty, ExtensionState, ProposalState
from congress.forms.handling import (
    AssignForm,
    ExtensionForm,
    ReasonForm,
    ReassignForm,
    extension_initial,
    review_form,
)
from congress.models import Department, Extension, Proposal
from congress.services import assigning, extensions, reviewing
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
        return _("%(proposal)s: what is filed goes to the leader for approval.") % {"proposal": proposal}
    return _("%(proposal)s: what is filed can be assigned at once.") % {"proposal": proposal}


def _says_approval(_admin: Any, _request: HttpRequest, proposal: Proposal) -> str:
    return _("%(proposal)s will be filed; the office then assigns it.") % {"proposal": proposal}


def _says_assigning(_admin: Any, _request: HttpRequest, proposal: Proposal) -> str:
    return _("%(proposal)s: the departments see it at once; without a day they have %(days)s days to answer.") % {
        "proposal": proposal,
        "days": proposal.drive.reply_days,
    }


def _says_extension(_admin: Any, _request: HttpRequest, proposal: Proposal) -> str:
    asked = _asked(proposal)
    if asked is None:
        return ""
    return _("%(department)s asks for time until %(until)s instead of %(due)s: %(reason)s") % {
        "department": asked.department,
        "until": asked.until,
        "due": proposal.due_on,
        "reason": asked.reason,
    }


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
        description=gettext_lazy("Review"),
        permission="congress.review_proposal",
        form=_review,
        confirmation=_says_filing,
        offered=offered_in(ProposalState.SUBMITTED),
        primary=True,
    )
    def review_proposal(self, request: HttpRequest, subject: Proposal, **data: Any) -> str:
        """Enter the committee's decision."""
        held = reviewing.review(proposal=subject, actor=actor(request), **data)
        return _("%(proposal)s: %(state)s.") % {"proposal": held.number, "state": held.get_state_display()}

    @object_action(
        description=gettext_lazy("Enter the presidium's decision"),
        permission="congress.decide_for_presidium",
        form=_presidium,
        confirmation=_says_filing,
        offered=offered_in(ProposalState.REFERRED),
        primary=True,
    )
    def presidium_decision(self, request: HttpRequest, subject: Proposal, **data: Any) -> str:
        """Enter what the presidium decided."""
        held = reviewing.review(proposal=subject, actor=actor(request), by_presidium=True, **data)
        return _("%(proposal)s: %(state)s.") % {"proposal": held.number, "state": held.get_state_display()}

    @object_action(
        description=gettext_lazy("Approve the filing"),
        permission="congress.approve_filing",
        confirmation=_says_approval,
        offered=offered_in(ProposalState.APPROVING),
        primary=True,
    )
    def approve_filing(self, request: HttpRequest, subject: Proposal) -> str:
        """Approve it."""
        held = reviewing.approve(proposal=subject, actor=actor(request))
        return _("%(proposal)s: %(state)s.") % {"proposal": held.number, "state": held.get_state_display()}

    @object_action(
        description=gettext_lazy("Send back to the committee"),
        permission="congress.approve_filing",
        form=ReasonForm,
        offered=offered_in(ProposalState.APPROVING),
    )
    def send_back(self, request: HttpRequest, subject: Proposal, reason: str) -> str:
        """Send it back."""
        reviewing.send_back(proposal=subject, actor=actor(request), reason=reason)
        return _("%(proposal)s went back to the committee.") % {"proposal": subject.number}

    @object_action(
        description=gettext_lazy("Assign to departments"),
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
        return _("%(proposal)s is with %(department)s until %(day)s.") % {
            "proposal": held.number,
            "department": lead,
            "day": held.due_on,
        }

    @object_action(
        description=gettext_lazy("Change the departments"),
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
        return _("%(proposal)s is with %(department)s now.") % {"proposal": subject.number, "department": lead}

    @object_action(
        description=gettext_lazy("Decide on the extension"),
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
            return _("The deadline is now %(day)s.") % {"day": held.until}
        extensions.refuse(extension=asked, actor=actor(request), answer=answer)
        return _("The extension is refused; the deadline stands.")
