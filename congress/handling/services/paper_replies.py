"""The signed paper reply of a department, entered by the office on its behalf with its scan."""

import datetime as dt
from dataclasses import dataclass

from django.core.files.base import File
from django.db import transaction
from django.utils import timezone

from congress.handling.models import Assignment, Reply
from congress.handling.services.leads import lead_of
from congress.handling.services.replies import Draft, complete, deliver, write
from congress.proposals.enums import IN_HAND, ProposalState
from congress.proposals.models import Proposal
from congress.proposals.services.guards import need_words, require_state
from union_portal.accounts.models import User
from union_portal.base.errors import Conflict, Refused
from union_portal.base.moments import noon
from union_portal.base.steps import hold, move


@dataclass(frozen=True)
class PaperReply:
    """What the paper says: the reply, the day it reached the office, who signed it, and the scan."""

    draft: Draft
    received_on: dt.date
    signed_by: str
    scan: File[bytes]


@transaction.atomic
def enter(*, proposal: Proposal, paper: PaperReply, actor: User) -> Reply:
    """Enter the paper as the lead's joint reply of the present handling; it goes to the proposer at once.

    The signature on the paper stands for the leader's; a draft in the portal gives way to it and stays in the history.
    In time is judged by the day the paper came. Raises Conflict when the reply has gone on, Refused for a day in the
    future or before the assignment, DomainError for what is missing.
    """
    held = hold(proposal, "drive")
    require_state(held, states=(*IN_HAND, ProposalState.SIGNING))
    lead = lead_of(held)
    if lead is None:
        raise Conflict("这件提案还没有主办部门，请先交办。")
    signer = need_words(paper.signed_by, message="请填写纸质答复的签署人。", field_name="signed_by")
    _judge_day(held, lead, paper.received_on)
    draft = complete(paper.draft, on=paper.received_on)
    why = f"按纸质答复代{lead.department}录入：{signer} 签署，{paper.received_on} 收到"
    signed = {"on_paper": True, "signer_words": signer, "scan": paper.scan}
    reply = write(held, lead.department, draft, actor=actor, why=why, **signed)
    signing = held.state == ProposalState.SIGNING
    came = noon(paper.received_on)
    move(
        reply,
        "sign" if signing else "send",
        actor=actor,
        why=why,
        handed_in_at=reply.handed_in_at or came,
        sent_at=came,
        due_on=held.due_on,
    )
    deliver(held, reply, action="sign" if signing else "reply_directly", actor=actor, on=paper.received_on, why=why)
    return reply


def _judge_day(held: Proposal, lead: Assignment, day: dt.date) -> None:
    """Refuse a day that cannot be: still to come, before the assignment, or before the rating asked for a second."""
    if day > timezone.localdate():
        raise Refused("收到日期不能晚于今天。", field="received_on")
    first = min(
        timezone.localdate(one) for one in held.assignments.filter(duty=lead.duty).values_list("assigned_at", flat=True)
    )
    again = held.moves.filter(action="handle_again").last()
    begins = timezone.localdate(again.at) if again else first
    if day < begins:
        raise Refused(
            f"提案于 {begins} 交部门办理，纸质答复不能早于这一天。",
            field="received_on",
        )
