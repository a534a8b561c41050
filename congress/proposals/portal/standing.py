"""How a proposal stands: who wrote it, its mark, the part of its way, its moves in words."""

from typing import Any

from django.utils import timezone

from congress.proposals.enums import IN_HAND, ProposalState
from congress.proposals.models import Proposal
from congress.proposals.services.guards import label_of
from congress.proposals.services.seconding import author_words

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
    S.ADVISING: "info",
    S.ADVISED: "done",
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
    return author_words(proposal) or "—"


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


States = ProposalState


def count_in_words(count: int) -> str:
    return f"{count:,} 件提案"
