"""A later list completes what an earlier one recorded: corrected words, handling, reply and rating."""

from typing import Any

from django.db import transaction

from congress.handling.enums import ReplyState
from congress.handling.models import Reply
from congress.past_records.services.recording import HANDLED, WHY, Handled, Paper, answer, assign, rate, refuse
from congress.proposals.enums import Outcome
from congress.proposals.models import Proposal
from congress.ratings.models import Rating
from union_portal.accounts.models import User
from union_portal.base.errors import Refused
from union_portal.base.moments import noon
from union_portal.base.steps import hold, move, saved

_DECIDED = {
    Outcome.FILED: "file_directly",
    Outcome.PASSED_ON: "pass_on",
    Outcome.DECLINED: "decline",
    Outcome.MERGED: "merge",
    Outcome.WITHDRAWN: "withdraw",
}


@transaction.atomic
def complete_proposal(*, proposal: Proposal, paper: Paper, handled: Handled, actor: User | None) -> Proposal:
    """Bring a proposal recorded before to what a later paper says: corrected words, its handling, reply and rating.

    Raises DomainError for what `record_proposal` refuses, for a proposal handled in the portal itself, and for what is
    written once: an outcome that is known, a reply that was sent, its rating.
    """
    held = hold(proposal)
    if not held.recorded:
        raise Refused("这件提案在门户内办理，清单不能改动，请在提案的页面上办理。", field="number")
    refuse(session=held.drive.session, congress=held.congress, paper=paper, handled=handled)
    told: dict[str, Any] = {name: getattr(paper, name) for name in ("title", "grounds", "measures", "category")}
    told |= {"source": paper.source, "due_on": handled.due_on, "author_words": paper.author.words}
    told |= {"proposer": paper.author.delegate, "delegation": paper.author.delegation}
    told["as_body"] = paper.author.delegation is not None and paper.author.delegate is None
    if paper.submitted_on is not None:
        told["submitted_at"] = noon(paper.submitted_on)
    if paper.decided_on is not None:
        told["decided_on"] = paper.decided_on
    for name, value in told.items():
        setattr(held, name, value)
    saved(held, fields=list(told))
    _decide(held, paper, actor)
    assign(held, handled, actor)
    if held.outcome in HANDLED:
        _complete(held, handled, actor)
    return held


def _decide(held: Proposal, paper: Paper, actor: User | None) -> None:
    """Tell the outcome of one of which nobody knew it; a known one stays."""
    if paper.outcome == held.outcome:
        if paper.merged_into != held.merged_into:
            raise Refused("并入的提案已登记，清单不能改动。", field="merged_into")
        return
    if held.outcome != Outcome.UNDECIDED:
        words = Outcome(held.outcome).label
        raise Refused(f"审查结果已登记为“{words}”，清单不能改动。", field="outcome")
    on = paper.decided_on or held.drive.session.convened_on
    facts: dict[str, Any] = {"outcome": paper.outcome, "merged_into": paper.merged_into, "decided_on": on}
    facts["filed_on"] = on if paper.outcome == Outcome.FILED else None
    move(held, _DECIDED[paper.outcome], actor=actor, why=WHY, **facts)


def _complete(held: Proposal, handled: Handled, actor: User | None) -> None:
    begun, _in_hand, over = HANDLED[Outcome(held.outcome)]
    reply = held.replies.filter(state=ReplyState.SENT).order_by("-round").first()
    if handled.lead is not None and held.state == begun:
        move(held, "assign", actor=actor, why=WHY)
    if reply is not None:
        _keep_reply(reply, handled)
    elif handled.answered_on is not None:
        answer(held, handled, actor)
        days = {"answered_on": handled.answered_on, "closed_on": handled.answered_on}
        move(held, "advise" if held.state == begun else "reply_directly", actor=actor, why=WHY, **days)
        if held.state != over:
            move(held, "close_unrated" if handled.grade is None else "rate", actor=actor, why=WHY)


def _keep_reply(reply: Reply, handled: Handled) -> None:
    """Refuse what the paper says otherwise of a reply that was sent; a rating that is missing is added."""
    told: dict[str, tuple[Any, Any]] = {
        "reply_kind": (reply.kind, handled.kind),
        "promised_on": (reply.promised_on, handled.promised_on),
        "reply": (reply.text, handled.text or reply.text),
        "answered_on": (reply.proposal.answered_on, handled.answered_on),
        "lead": (reply.department, handled.lead),
    }
    for name, (stands, says) in told.items():
        if stands != says:
            raise Refused("答复已登记，一经发出不再改动。", field=name)
    rating = Rating.objects.newest(reply=reply)
    if rating is None or rating.voided:
        rate(reply, handled, instead_of=rating)
    elif (rating.grade, rating.words) != (handled.grade, handled.words):
        raise Refused("评价已登记，不再改动。", field="grade" if rating.grade != handled.grade else "words")
