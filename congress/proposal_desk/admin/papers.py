"""Signed papers that the office enters for people who use no screen: a mended form, a department's reply."""

import datetime as dt
from typing import Any

from django.core.files.base import File
from django.http import HttpRequest
from django.utils import timezone

from congress.bodies.admin import actor
from congress.drives.models import ProposalCategory
from congress.handling.forms import PaperReplyForm, ReplyForm, open_reply, reply_initial
from congress.handling.services import paper_replies
from congress.handling.services.leads import lead_of
from congress.proposals.enums import IN_HAND, ProposalState
from congress.proposals.forms.paper import PaperAgainForm, paper_again_initial
from congress.proposals.models import Proposal
from congress.proposals.services import paper
from union_portal.base.admin import object_action


def _says_paper_reply(_admin: Any, _request: HttpRequest, proposal: Proposal) -> str:
    lead = lead_of(proposal)
    if lead is None:
        return ""
    return f"{proposal}：答复将立即送达提案人，并注明代{lead.department}录入；纸上签字视同分管领导签发。"


def _draft(proposal: Proposal) -> dict[str, Any]:
    return {**reply_initial(open_reply(proposal)), "received_on": timezone.localdate()}


class PaperSteps:
    """What comes on paper."""

    @object_action(
        description="代录纸质答复",
        permission="congress.enter_paper_reply",
        form=PaperReplyForm,
        initial=_draft,
        confirmation=_says_paper_reply,
        offered=lambda proposal: proposal.state in (*IN_HAND, ProposalState.SIGNING),
        icon="document_scanner",
    )
    def enter_paper_reply(
        self,
        request: HttpRequest,
        subject: Proposal,
        *,
        received_on: dt.date,
        signed_by: str,
        scan: File[bytes],
        **reply: Any,
    ) -> str:
        """Enter it on the department's behalf."""
        paper_replies.enter(
            proposal=subject,
            paper=paper_replies.PaperReply(
                draft=ReplyForm.of(reply), received_on=received_on, signed_by=signed_by, scan=scan
            ),
            actor=actor(request),
        )
        return f"{subject.number}：纸质答复已录入并送达提案人。"

    @object_action(
        description="录入补充后的纸质提案表",
        permission="congress.resubmit_paper",
        form=PaperAgainForm,
        initial=paper_again_initial,
        offered=lambda proposal: proposal.state == ProposalState.RETURNED and proposal.on_paper,
        icon="document_scanner",
        primary=True,
    )
    def resubmit_paper(
        self,
        request: HttpRequest,
        subject: Proposal,
        *,
        seconders: str,
        received_at: dt.datetime,
        category: ProposalCategory,
        version: int,
        **form: Any,
    ) -> str:
        """Enter it; the committee reviews it anew."""
        named = paper.find_delegates(
            congress=subject.congress, words=seconders, on=timezone.localdate(received_at), field="seconders"
        )
        held = paper.resubmit_paper(
            proposal=subject,
            seconders=named,
            received_at=received_at,
            category=category,
            version=version,
            actor=actor(request),
            **form,
        )
        return f"{held.number}：{held.get_state_display()}。"
