"""Ballots on agenda items: opened with a quorum, counted once, confirmed by a second person."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from congress.sessions.enums import AgendaKind, AgendaOutcome
from congress.sessions.models import AgendaItem
from congress.voting.enums import BallotMethod, BallotResult, BallotState
from congress.voting.models import Ballot
from congress.voting.services import counting
from congress.voting.services.counting import Papers
from members.people.models import Person
from union_portal.accounts.models import User
from union_portal.base.errors import Refused
from union_portal.base.steps import begin, hold, move


@dataclass(frozen=True)
class Votes:
    """What was counted: for, against, abstained."""

    agreed: int
    against: int
    abstained: int

    @property
    def total(self) -> int:
        """All votes counted."""
        return self.agreed + self.against + self.abstained


@transaction.atomic
def open_ballot(
    *,
    item: AgendaItem,
    method: BallotMethod,
    actor: User | None,
    teller: Person | None = None,
    scrutineer: Person | None = None,
) -> Ballot:
    """Open the vote on an item: 应到 as fixed at the opening, 实到 as the roll stands now.

    Refused in a sitting that is not open, below the quorum, for an item that is elected or already decided.
    """
    # The sitting before its items, as everywhere: two desks must not wait for each other.
    sitting = hold(item.sitting, "congress", "session")
    held = hold(item, "sitting__congress", "sitting__session")
    if held.kind == AgendaKind.ELECT:
        raise Refused(f"“{held.title}”是选举事项，请发起选举。", field="item")
    if held.outcome != AgendaOutcome.PENDING:
        raise Refused(
            f"“{held.title}”已有结果：{held.get_outcome_display()}。",
            field="item",
        )
    if held.ballots.exclude(state=BallotState.VOIDED).exists():
        raise Refused(f"“{held.title}”已有表决。", field="item")
    due, present = counting.voters_now(sitting)
    counting.counters(sitting=sitting, teller=teller, scrutineer=scrutineer)
    numerator, denominator = counting.majority(sitting=sitting, item=held)
    ballot: Ballot = Ballot.objects.create(
        item=held,
        method=method,
        due=due,
        present=present,
        needed=counting.votes_needed(due=due, numerator=numerator, denominator=denominator),
        teller=teller,
        scrutineer=scrutineer,
    )
    begin(ballot, actor=actor)
    return ballot


@transaction.atomic
def recount_present(*, ballot: Ballot) -> Ballot:
    """Count again who is in the hall, for an open ballot that somebody came late to."""
    held = hold(ballot, "item")
    counting.recount_present(held)
    return held


@transaction.atomic
def enter_count(
    *,
    ballot: Ballot,
    votes: Votes,
    actor: User | None,
    papers: Papers | None = None,
    teller: Person | None = None,
    scrutineer: Person | None = None,
) -> Ballot:
    """Enter the counting sheet (计票单); it waits for the scrutineer. Every mismatch is refused with its numbers."""
    held = hold(ballot, "item__sitting", "teller", "scrutineer")
    teller, scrutineer = teller or held.teller, scrutineer or held.scrutineer
    counting.counters(sitting=held.item.sitting, teller=teller, scrutineer=scrutineer)
    if held.method == BallotMethod.PAPER and papers is not None:
        counting.check_papers(present=held.present, papers=papers)
        if votes.total != papers.valid:
            raise Refused(
                "同意 {agreed}、不同意 {against}、弃权 {abstained}，合计 {sum} 票，"
                "与有效票 {valid} 张不符，请核对。".format(**vars(votes), sum=votes.total, valid=papers.valid),
                field="votes_for",
            )
    elif votes.total > held.present:
        raise Refused(
            "同意 {agreed}、不同意 {against}、弃权 {abstained}，合计 {sum} 票，多于实到 {present} 人，请核对。".format(
                **vars(votes), sum=votes.total, present=held.present
            ),
            field="votes_for",
        )
    counting.enter(
        held,
        papers=papers,
        actor=actor,
        teller=teller,
        scrutineer=scrutineer,
        votes_for=votes.agreed,
        votes_against=votes.against,
        abstained=votes.abstained,
    )
    return held


@transaction.atomic
def confirm(*, ballot: Ballot, actor: User, signed_sheet: str = "") -> Ballot:
    """Confirm the count; the result decides the agenda item and is final.

    The scrutineer confirms by his own account; another officer only by naming the sheet the scrutineer signed.
    """
    held = hold(ballot, "item__sitting", "scrutineer")
    item = hold(held.item)
    counting.may_confirm(held, actor=actor, signed_sheet=signed_sheet)
    carried = (held.votes_for or 0) >= held.needed
    move(
        held,
        "confirm",
        actor=actor,
        confirmed_by=actor,
        confirmed_at=timezone.now(),
        signed_sheet=signed_sheet.strip(),
        result=BallotResult.CARRIED if carried else BallotResult.LOST,
    )
    item.outcome = AgendaOutcome.PASSED if carried else AgendaOutcome.LOST
    item.decided_on = timezone.localdate(held.opened_at)
    item.save(update_fields=["outcome", "decided_on"])
    return held


@transaction.atomic
def send_back(*, ballot: Ballot, reason: str, actor: User | None) -> Ballot:
    """Have the votes counted again; the count entered is taken off the sheet."""
    held = hold(ballot)
    counting.wipe(held, reason=reason, actor=actor, votes_for=None, votes_against=None, abstained=None)
    return held


@transaction.atomic
def void(*, ballot: Ballot, reason: str, actor: User | None) -> Ballot:
    """Void a ballot that is not confirmed, or one wrongly recorded; the item can be voted on (recorded) anew."""
    held = hold(ballot)
    decided = held.state == BallotState.CONFIRMED
    counting.void(held, reason=reason, actor=actor)
    if decided:
        counting.undecide(held.item)
    return held
