"""What every step does first and last: lock the row, check the table of moves, log who moved it and why."""

from typing import Any, TypeVar

from django.db.models import Model

from congress.enums import (
    BALLOT_MACHINE,
    ELECTION_MACHINE,
    EXTENSION_MACHINE,
    FINDING_MACHINE,
    FOLLOW_UP_MACHINE,
    PETITION_MACHINE,
    PROPOSAL_MACHINE,
    REPLY_MACHINE,
    SECONDING_MACHINE,
    SITTING_MACHINE,
    SUGGESTION_MACHINE,
    SURVEY_MACHINE,
)
from congress.models import (
    Ballot,
    BallotMove,
    Election,
    ElectionMove,
    Extension,
    Finding,
    FindingMove,
    FollowUp,
    Petition,
    PetitionMove,
    Proposal,
    ProposalMove,
    Reply,
    ReplyMove,
    Seconding,
    Sitting,
    SittingMove,
    Suggestion,
    SuggestionMove,
    Survey,
    SurveyMove,
)
from union_portal.accounts.models import User
from union_portal.base.errors import Conflict
from union_portal.base.states import Machine

M = TypeVar("M", bound=Model)

# A model's table of moves and its log; who answered a seconding, an extension or a promise stands on its own row.
STEPS: dict[type[Model], tuple[Machine, Any]] = {
    Ballot: (BALLOT_MACHINE, BallotMove),
    Election: (ELECTION_MACHINE, ElectionMove),
    Extension: (EXTENSION_MACHINE, None),
    Finding: (FINDING_MACHINE, FindingMove),
    FollowUp: (FOLLOW_UP_MACHINE, None),
    Petition: (PETITION_MACHINE, PetitionMove),
    Proposal: (PROPOSAL_MACHINE, ProposalMove),
    Reply: (REPLY_MACHINE, ReplyMove),
    Seconding: (SECONDING_MACHINE, None),
    Sitting: (SITTING_MACHINE, SittingMove),
    Suggestion: (SUGGESTION_MACHINE, SuggestionMove),
    Survey: (SURVEY_MACHINE, SurveyMove),
}


def hold(subject: M, *related: str) -> M:
    """Return the row as it stands now, locked until the transaction ends."""
    rows: Any = type(subject)._default_manager.select_for_update(of=("self",))  # noqa: SLF001
    held: M = rows.select_related(*related).get(pk=subject.pk) if related else rows.get(pk=subject.pk)
    return held


def move(held: Any, action: str, *, actor: User | None, why: str = "", **changes: Any) -> None:
    """Take the held row to where the action leads, with the changes; log it. Raises Refused when not allowed here."""
    machine, log = STEPS[type(held)]
    source = held.state
    held.state = machine.target(state=source, action=action)
    for name, value in changes.items():
        setattr(held, name, value)
    held.save(update_fields=["state", *changes])
    if log is not None:
        log.objects.create(subject=held, action=action, source=source, target=held.state, actor=actor, reason=why)


def begin(made: Any, *, actor: User | None, why: str = "") -> None:
    """Log the birth of a row in its first state."""
    _machine, log = STEPS[type(made)]
    log.objects.create(subject=made, action="begin", source="", target=made.state, actor=actor, reason=why)


def unchanged(held: Any, *, version: int | None) -> None:
    """Raise Conflict when the row has another version than the form that was filled in; None skips the check."""
    if version is not None and held.version != version:
        raise Conflict("内容已在其他窗口或被同事修改。您填写的内容保留在下方，请对照后再提交。")
