"""Ballots on agenda items: opened with a quorum, counted once, confirmed by a second person; or known from papers."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from congress.sessions.enums import AgendaKind, AgendaOutcome
from congress.sessions.models import AgendaItem
from congress.voting.enums import BallotMethod, BallotResult, BallotState
from congress.voting.models import Ballot
from congress.voting.services import counting
from congress.voting.services.counting import Attendance, Papers
from members.people.models import Person
from union_portal.accounts.models import User
from union_portal.base.errors import Refused
from union_portal.base.steps import begin, hold


@dataclass(frozen=True)
class Votes:
    """What was counted: for, against, abstained."""

    agreed: int
    against: int
    abstained: int

    @property
    def fields(self) -> dict[str, int]:
        """As a ballot keeps them."""
        return {"votes_for": self.agreed, "votes_against": self.against, "abstained": self.abstained}

    def check(self, *, present: int, papers: Papers | None) -> None:
        """Refuse other sums than the valid papers, or more than were present at a show of hands."""
        total = self.agreed + self.against + self.abstained
        told = f"同意 {self.agreed}、不同意 {self.against}、弃权 {self.abstained}，合计 {total:,} 票，"
        if papers is not None and total != papers.valid:
            raise Refused(f"{told}与有效票 {papers.valid:,} 张不符，请核对。", field="votes_for")
        if papers is None and total > present:
            raise Refused(f"{told}多于实到 {present:,} 人，请核对。", field="votes_for")


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
    hold(item.sitting)
    held = _votable(item, "选举事项，请发起选举")
    if held.outcome != AgendaOutcome.PENDING:
        raise Refused(f"“{held.title}”已有结果：{held.get_outcome_display()}。", field="item")
    ballot = Ballot(item=held, method=method, teller=teller, scrutineer=scrutineer)
    counting.open_sheet(ballot, actor=actor)
    return ballot


@transaction.atomic
def enter_count(
    *,
    sheet: Ballot,
    votes: Votes,
    actor: User | None,
    papers: Papers | None = None,
    teller: Person | None = None,
    scrutineer: Person | None = None,
) -> Ballot:
    """Enter the counting sheet (计票单); it waits for the scrutineer. Every mismatch is refused with its numbers."""
    held = hold(sheet, "item__sitting", "teller", "scrutineer")
    held.teller, held.scrutineer = teller or held.teller, scrutineer or held.scrutineer
    counting.check_counters(held)
    papers = papers if held.method == BallotMethod.PAPER else None
    if papers is not None:
        counting.check_papers(present=held.present, papers=papers)
    votes.check(present=held.present, papers=papers)
    counting.enter(held, papers=papers, actor=actor, **votes.fields)
    return held


@transaction.atomic
def confirm(*, sheet: Ballot, actor: User, signed_sheet: str = "") -> Ballot:
    """Confirm the count; the result decides the agenda item and is final."""
    held = hold(sheet, "item", "scrutineer")
    carried = (held.votes_for or 0) >= held.needed
    result = BallotResult.CARRIED if carried else BallotResult.LOST
    counting.confirm(held, actor=actor, signed_sheet=signed_sheet, result=result)
    counting.settle(held.item, carried=carried, on=timezone.localdate(held.opened_at))
    return held


@transaction.atomic
def record_ballot(*, item: AgendaItem, attendance: Attendance, votes: Votes, source: str, actor: User | None) -> Ballot:
    """Enter a ballot held before the portal; its result follows from the votes and settles the item.

    Refused for a session with a roll-call, sums that cannot be, and a result that contradicts the item's outcome.
    """
    ballot = Ballot(item=_votable(item, "选举事项，请用“补录选举”"), **votes.fields)
    counting.keep_past(ballot, attendance=attendance, source=source, actor=actor)
    votes.check(present=attendance.present, papers=attendance.papers)
    carried = votes.agreed >= ballot.needed
    known = ballot.item.outcome
    if known not in {AgendaOutcome.PENDING, AgendaOutcome.PASSED if carried else AgendaOutcome.LOST}:
        raise Refused(
            f"该议题已记为“{ballot.item.get_outcome_display()}”，但应到 {ballot.due:,} 人中赞成 {votes.agreed:,} 票、"
            f"须 {ballot.needed} 票，结果与此不符，请核对。",
            field="votes_for",
        )
    ballot.result = BallotResult.CARRIED if carried else BallotResult.LOST
    ballot.save()
    begin(ballot, actor=actor, why=ballot.source)
    counting.settle(ballot.item, carried=carried, on=ballot.item.decided_on or ballot.sitting.session.convened_on)
    return ballot


def _votable(item: AgendaItem, instead: str) -> AgendaItem:
    held = hold(item, "sitting__congress", "sitting__session")
    if held.kind == AgendaKind.ELECT:
        raise Refused(f"“{held.title}”是{instead}。", field="item")
    if held.ballots.exclude(state=BallotState.VOIDED).exists():
        raise Refused(f"“{held.title}”已有表决。", field="item")
    return held
