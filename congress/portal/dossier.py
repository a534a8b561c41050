"""Everything about one proposal for its pages, read in a fixed number of queries, and how far it has come."""

from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from congress.enums import IN_HAND, Duty, ExtensionState, FollowUpState, ProposalState, ReplyState, SecondingState
from congress.models import Assignment, DepartmentNote, Opinion, Proposal, Reply
from congress.services.outcome import label_of

S = ProposalState
TONES = {
    S.SUBMITTED: "due",
    S.REFERRED: "due",
    S.APPROVING: "due",
    S.FILED: "due",
    S.ASSIGNED: "info",
    S.SIGNING: "due",
    S.ANSWERED: "info",
    S.REHANDLING: "due",
    S.CLOSED: "done",
    S.DECLINED: "refused",
    S.RETURNED: "refused",
}
# The way a filed proposal goes, and the states that stand for each part of it.
_WAY = (
    ("征集", (S.DRAFT, S.SECONDING, S.PRECHECK, S.RETURNED)),
    ("审查", (S.SUBMITTED, S.REFERRED, S.APPROVING)),
    ("交办", (S.FILED,)),
    ("办理", (S.ASSIGNED, S.SIGNING)),
    ("评价", (S.ANSWERED, S.REHANDLING)),
    ("办结", (S.CLOSED,)),
)


def author_of(proposal: Proposal) -> str:
    """Return who proposed it, as it is printed."""
    if proposal.as_body and proposal.delegation:
        return str(proposal.delegation)
    if proposal.proposer:
        return proposal.proposer.person.name
    return proposal.author_words or "—"


def tone_of(proposal: Proposal) -> str:
    """Return the mark of its state; red when it is overdue."""
    if proposal.is_lost:
        return "plain"
    return "refused" if overdue(proposal) else TONES.get(ProposalState(proposal.state), "plain")


def overdue(proposal: Proposal) -> bool:
    """Tell whether it should have been answered."""
    waiting = proposal.state in (*IN_HAND, ProposalState.SIGNING)
    return waiting and proposal.due_on is not None and proposal.due_on < timezone.localdate()


def steps(proposal: Proposal) -> list[dict[str, Any]]:
    """Return the parts of its way with what is done and what lies ahead; nothing for one that left the way."""
    if proposal.is_lost:
        return []
    place = next((at for at, (_label, states) in enumerate(_WAY) if proposal.state in states), None)
    if place is None:
        return []
    closed = proposal.state == ProposalState.CLOSED
    state = ["done" if at < place or closed else "current" if at == place else "ahead" for at in range(len(_WAY))]
    return [{"label": label, "state": state[at]} for at, (label, _states) in enumerate(_WAY)]


def timeline(proposal: Proposal) -> list[dict[str, Any]]:
    """Return every move with who, when and why, oldest first."""
    return [
        {"at": move.at, "actor": move.actor.name if move.actor else "", "label": label_of(move), "reason": move.reason}
        for move in proposal.moves.select_related("actor")
    ]


def sent_replies(proposal: Proposal) -> "QuerySet[Reply]":
    """Return the replies that were sent, oldest first, each with its rating and the joint proposers' opinions."""
    opinions = Opinion.objects.select_related("proposal", "person")
    sent = proposal.replies.filter(state=ReplyState.SENT).order_by("round")
    return sent.select_related("department", "signed_by", "written_by", "rating").prefetch_related(
        Prefetch("opinions", opinions)
    )


def dossier(proposal: Proposal) -> dict[str, Any]:
    """Return the parts of a proposal's page: people, texts merged into it, departments, notes, replies, promises."""
    notes = DepartmentNote.objects.select_related("written_by")
    assignments = list(
        Assignment.objects.filter(proposal=proposal)
        .select_related("department")
        .prefetch_related(Prefetch("notes", notes))
    )
    standing = [one for one in assignments if one.ended_at is None]
    merged = proposal.merged.select_related("proposer__person", "delegation").order_by("number")
    secondings = proposal.secondings.filter(state=SecondingState.ACCEPTED).select_related("delegate__person")
    every_note = ((note, one.department) for one in assignments for note in one.notes.all())
    return {
        "proposal": proposal,
        "author": author_of(proposal),
        "tone": tone_of(proposal),
        "is_overdue": overdue(proposal),
        "steps": steps(proposal),
        "seconders": [one.delegate.person.name for one in secondings],
        "merged": [{"proposal": one, "author": author_of(one)} for one in merged],
        "lead": next((one.department for one in standing if one.duty == Duty.LEAD), None),
        "supporting": [one.department for one in standing if one.duty == Duty.SUPPORT],
        "notes": sorted(every_note, key=lambda pair: (pair[0].at, pair[0].pk)),
        "replies": list(sent_replies(proposal)),
        "reviews": list(proposal.reviews.select_related("decided_by", "into", "department", "meeting")),
        "extensions": list(proposal.extensions.select_related("department", "decided_by")),
        "asked": proposal.extensions.filter(state=ExtensionState.ASKED).select_related("department").first(),
        "promises": list(proposal.follow_ups.select_related("reported_by")),
        "open_promise": proposal.follow_ups.filter(state=FollowUpState.OPEN).first(),
        "moves": timeline(proposal),
    }
