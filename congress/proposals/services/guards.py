"""What steps with proposals share: who was here before, whose proposal it is, results of bulk steps."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.db.models import F, Q

from congress.delegates.models import Delegate
from congress.proposals.enums import PROPOSAL_MACHINE, ProposalState
from congress.proposals.models import Proposal, ProposalMove
from members.people.models import Person
from union_portal.accounts.models import User
from union_portal.base.errors import Conflict, DomainError, Refused
from union_portal.base.moments import minute

# Moves that are logged without a change of state.
REASSIGN, TAKE_OVER, EXTEND = "reassign", "take_over", "extend"
RATE_LATER, CORRECT = "rate_later", "correct_rating"


@dataclass
class BulkResult:
    """What a step over many proposals did: how many went through, and which were refused in which words."""

    done: list[Proposal] = field(default_factory=list)
    refused: list[tuple[Proposal, str]] = field(default_factory=list)


def one_by_one(*, proposals: Iterable[Proposal], step: Callable[[Proposal], object]) -> BulkResult:
    """Take the step with each proposal; a refusal of one does not hold up the others."""
    result = BulkResult()
    for proposal in proposals:
        try:
            step(proposal)
        except DomainError as refusal:
            result.refused.append((proposal, str(refusal)))
        else:
            result.done.append(proposal)
    return result


def require_state(held: Proposal, *, states: Iterable[str]) -> None:
    """Raise Conflict when the held proposal is in none of the states, naming who moved it there, how and when."""
    if held.state in states:
        return
    last = held.moves.select_related("actor").exclude(source=F("target")).last()
    if last is None:
        raise Conflict(f"{held} 目前的状态是“{state_in_words(held)}”，请刷新页面查看。")
    raise Conflict(
        "{who} 已先于您处理提案 {proposal}：“{what}”（{when}）。目前状态：{state}。".format(
            who=last.actor.name if last.actor else "系统",
            proposal=held.number or held,
            what=label_of(last),
            when=minute(last.at),
            state=state_in_words(held),
        )
    )


def state_in_words(held: Proposal) -> str:
    state = str(held.get_state_display())
    return f"{state}（{held.merged_into}）" if held.merged_into else state


def label_of(move: ProposalMove) -> str:
    for known in PROPOSAL_MACHINE.moves:
        if known.action == move.action and known.source == move.source:
            return str(known.label)
    return {
        "begin": "起草" if move.target == ProposalState.DRAFT else "已录入",
        REASSIGN: "改交其他部门",
        TAKE_OVER: "由合并后的部门接办",
        EXTEND: "已延期",
        RATE_LATER: "补录评价",
        CORRECT: "更正评价",
    }.get(move.action, move.action)


def remark(held: Proposal, *, action: str, actor: User | None, why: str) -> None:
    """Log what happened to a proposal without moving it."""
    ProposalMove.objects.create(
        subject=held, action=action, source=held.state, target=held.state, actor=actor, reason=why
    )


def need_words(text: str, *, message: str, field_name: str) -> str:
    """Return the text without surrounding blanks; refuse an empty one."""
    words = text.strip()
    if not words:
        raise Refused(message, field=field_name)
    return words


def is_author(proposal: Proposal, *, person: Person) -> bool:
    """Tell whether the person proposed it, or heads the delegation that did."""
    if proposal.proposer is not None and proposal.proposer.person_id == person.pk:
        return True
    if not proposal.as_body or proposal.delegation is None:
        return False
    return Delegate.objects.filter(
        Q(heads=proposal.delegation) | Q(deputises=proposal.delegation), person=person
    ).exists()


def refuse_own(proposal: Proposal, *, actor: User, message: str) -> None:
    """Refuse to let somebody decide on what he proposed himself."""
    person = Person.objects.filter(user=actor).first()
    if person is not None and is_author(proposal, person=person):
        raise Refused(message)
