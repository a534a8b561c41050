"""The review (审查): what the proposal committee, the presidium and the approving leader decide on a proposal."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone

from congress.committees.models import Meeting
from congress.departments.models import Department
from congress.proposals.enums import OUTCOME_OF, PROPOSAL_MACHINE, ProposalState
from congress.proposals.models import Proposal
from congress.proposals.services.guards import BulkResult, need_words, one_by_one, refuse_own, require_state
from congress.review.enums import Decision
from congress.review.models import Review
from union_portal.accounts.models import User
from union_portal.base.errors import Refused
from union_portal.base.steps import hold, move, unchanged

# Without words nobody could understand these later.
NEED_A_REASON = frozenset({Decision.DECLINE, Decision.RETURN, Decision.REFER})
# What others may still be merged into: decided favourably or not at all, and not answered yet.
TAKES_OTHERS = (
    ProposalState.SUBMITTED,
    ProposalState.REFERRED,
    ProposalState.APPROVING,
    ProposalState.FILED,
    ProposalState.ASSIGNED,
)


@transaction.atomic
def review(  # noqa: PLR0913
    *,
    proposal: Proposal,
    decision: Decision,
    actor: User,
    reason: str = "",
    into: Proposal | None = None,
    department: Department | None = None,
    meeting: Meeting | None = None,
    by_presidium: bool = False,
    version: int | None = None,
) -> Proposal:
    """Decide on a submitted proposal, or for the presidium on one referred to it; the review is kept for good.

    Filing waits for the leader where the drive says so; what is passed on stays with its whole text; merging
    keeps text and authors and takes along what was merged before. Raises Conflict, naming who decided, when somebody
    was faster, and when the text that was read (`version`) has changed; Refused without a reason where one is due, and
    on what concerns oneself: one's own proposal, on either side of a merger.
    """
    held = _hold_pair(proposal, into)
    require_state(held, states=(ProposalState.REFERRED,) if by_presidium else (ProposalState.SUBMITTED,))
    unchanged(held, version=version)
    if decision in NEED_A_REASON:
        need_words(reason, message="请填写理由，提案人会看到。", field_name="reason")
    target = _main(held, into) if decision is Decision.MERGE else None
    if not by_presidium:
        _no_own(held, target, actor=actor)
    action = str(decision)
    if decision is Decision.FILE and not held.drive.leader_approves:
        action = "file_directly"
    _move(held, action, actor=actor, why=reason.strip(), merged_into=target)
    Review.objects.create(
        proposal=held,
        decision=decision,
        reason=reason.strip(),
        into=target,
        department=department,
        meeting=meeting,
        by_presidium=by_presidium,
        decided_by=actor,
    )
    if target is not None:
        held.merged.update(merged_into=target)
    return held


def review_many(
    *, proposals: Iterable[Proposal], decision: Decision, actor: User, reason: str = "", meeting: Meeting | None = None
) -> BulkResult:
    """Decide the same on each; what somebody else decided meanwhile is told, the others go through."""
    return one_by_one(
        proposals=proposals,
        step=lambda one: review(proposal=one, decision=decision, actor=actor, reason=reason, meeting=meeting),
    )


@transaction.atomic
def approve(*, proposal: Proposal, actor: User, reason: str = "") -> Proposal:
    """Approve the filing as the leader; refused to who filed it (four eyes) and to whom it concerns."""
    held = hold(proposal, "drive", "proposer__person", "delegation")
    require_state(held, states=(ProposalState.APPROVING,))
    _another(held, actor)
    _move(held, "approve", actor=actor, why=reason.strip())
    return held


def approve_many(*, proposals: Iterable[Proposal], actor: User) -> BulkResult:
    return one_by_one(proposals=proposals, step=lambda one: approve(proposal=one, actor=actor))


@transaction.atomic
def send_back(*, proposal: Proposal, actor: User, reason: str) -> Proposal:
    """Send a proposal that waits for approval back to the committee, with a reason."""
    held = hold(proposal, "drive")
    require_state(held, states=(ProposalState.APPROVING,))
    why = need_words(reason, message="请说明需要委员会重新审议的内容。", field_name="reason")
    _move(held, "send_back", actor=actor, why=why)
    return held


def _move(held: Proposal, action: str, *, actor: User, why: str, merged_into: Proposal | None = None) -> None:
    state = ProposalState(PROPOSAL_MACHINE.target(state=held.state, action=action))
    today = timezone.localdate()
    changes: dict[str, Any] = {"outcome": OUTCOME_OF[state]}
    if OUTCOME_OF[state]:
        changes["decided_on"] = held.decided_on or today
    if state is ProposalState.FILED:
        changes["filed_on"] = today
    if merged_into is not None:
        changes["merged_into"] = merged_into
    move(held, action, actor=actor, why=why, **changes)


def _hold_pair(proposal: Proposal, into: Proposal | None) -> Proposal:
    """Lock both in the order of their keys, so that two crossing merges wait instead of blocking one another."""
    keys = sorted({proposal.pk, *([into.pk] if into else [])})
    list(Proposal.objects.select_for_update().filter(pk__in=keys).order_by("pk").values_list("pk"))
    return hold(proposal, "drive", "proposer__person", "delegation")


def _main(held: Proposal, into: Proposal | None) -> Proposal:
    if into is None:
        raise Refused("请选择并入哪一件提案。", field="into")
    main: Proposal = Proposal.objects.select_related("merged_into", "congress").get(pk=into.pk)
    if main.pk == held.pk:
        raise Refused("提案不能并入自身。", field="into")
    if main.drive_id != held.drive_id:
        raise Refused("只能合并同一次会议的提案。", field="into")
    if main.congress_id != held.congress_id:
        raise Refused(f"{main.number}是{main.congress}的提案，不能与{held.congress}的提案并案。", field="into")
    if main.merged_into is not None:
        raise Refused(
            f"{main.number} 已并入 {main.merged_into.number}，请选择后者。",
            field="into",
        )
    if main.state not in TAKES_OTHERS:
        raise Refused(
            f"{main.number or main} 的状态是“{main.get_state_display()}”，不能再并入其他提案。",
            field="into",
        )
    return main


def _no_own(held: Proposal, target: Proposal | None, *, actor: User) -> None:
    """Refuse what concerns the reviewer: the proposal, the one it is merged into, and what was merged into either."""
    for one in (held, *held.merged.with_authors()):
        refuse_own(one, actor=actor, message="这是您本人的提案，请由其他委员审查。")
    for one in (target, *target.merged.with_authors()) if target is not None else ():
        refuse_own(one, actor=actor, message=f"{target}涉及您本人的提案，请由其他委员决定并案。")


def _another(held: Proposal, actor: User) -> None:
    for one in (held, *held.merged.with_authors()):
        refuse_own(one, actor=actor, message="这是您本人的提案，请由其他领导审批。")
    filed = held.reviews.filter(decision=Decision.FILE).last()
    if filed is not None and filed.decided_by_id == actor.pk:
        raise Refused("立案意见由您录入，请由他人审批。")
