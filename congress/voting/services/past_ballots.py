"""Ballots of sessions held before the portal, recorded from their papers."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from congress.elections.models import Election
from congress.sessions.enums import AgendaKind, AgendaOutcome
from congress.sessions.models import AgendaItem, Sitting
from congress.voting.enums import BallotMethod, BallotResult, BallotState
from congress.voting.models import Ballot
from congress.voting.services import counting
from congress.voting.services.ballots import Votes
from congress.voting.services.counting import Papers
from union_portal.accounts.models import User
from union_portal.base.errors import Refused
from union_portal.base.steps import begin, hold

NOON = dt.time(12)


@dataclass(frozen=True)
class Attendance:
    """应到 and 实到 as the papers say, and how the vote was taken; `papers` None: the source does not say."""

    due: int
    present: int
    method: BallotMethod = BallotMethod.PAPER
    papers: Papers | None = None


@transaction.atomic
def record_ballot(*, item: AgendaItem, attendance: Attendance, votes: Votes, source: str, actor: User | None) -> Ballot:
    """Enter a past ballot; its result follows from the votes and settles the item.

    Refused for a session with a roll-call, sums that cannot be, and a result that contradicts the item's outcome.
    """
    held = hold(item, "sitting__session", "sitting__congress")
    recordable(held.sitting, attendance, source)
    if held.kind == AgendaKind.ELECT:
        raise Refused(f"“{held.title}”是选举事项，请用“补录选举”。", field="item")
    if held.ballots.exclude(state=BallotState.VOIDED).exists():
        raise Refused(f"“{held.title}”已有表决。", field="item")
    papers = attendance.papers
    most = papers.valid if papers else attendance.present
    if votes.total > most or (papers and votes.total != most):
        raise Refused(
            "赞成 {agreed}、反对 {against}、弃权 {abstained} 合计 {sum} 票，"
            "应为 {most} 票（有效票数或实到人数）。".format(**vars(votes), sum=votes.total, most=most),
            field="votes_for",
        )
    numerator, denominator = counting.majority(sitting=held.sitting, item=held)
    needed = counting.votes_needed(due=attendance.due, numerator=numerator, denominator=denominator)
    carried = votes.agreed >= needed
    outcome = AgendaOutcome.PASSED if carried else AgendaOutcome.LOST
    if held.outcome not in {AgendaOutcome.PENDING, outcome}:
        raise Refused(
            f"该议题已记为“{held.get_outcome_display()}”，"
            f"但应到 {attendance.due} 人中赞成 {votes.agreed} 票、须 {needed} 票，结果与此不符，"
            "请核对。",
            field="votes_for",
        )
    ballot = Ballot(
        item=held,
        needed=needed,
        votes_for=votes.agreed,
        votes_against=votes.against,
        abstained=votes.abstained,
        result=BallotResult.CARRIED if carried else BallotResult.LOST,
    )
    keep_sheet(ballot, held.sitting, attendance, source, actor)
    settle_item(held, outcome)
    return ballot


def recordable(sitting: Sitting, attendance: Attendance, source: str) -> None:
    if not sitting.session.recorded:
        raise Refused("本次会议有签到名册，请在会议中发起表决或选举，不能补录。", field="sitting")
    if not source.strip():
        raise Refused("请写明资料来源（会议纪要、档案、年鉴等）。", field="source")
    if attendance.present > attendance.due:
        raise Refused("实到代表多于应到代表。", field="present")
    if attendance.papers is not None:
        counting.check_papers(present=attendance.present, papers=attendance.papers)


def keep_sheet(
    sheet: Ballot | Election, sitting: Sitting, attendance: Attendance, source: str, actor: User | None
) -> None:
    sheet.method, sheet.state = attendance.method, BallotState.CONFIRMED
    sheet.due, sheet.present = attendance.due, attendance.present
    sheet.recorded, sheet.source, sheet.entered_by = True, source.strip(), actor
    sheet.entered_at = timezone.now()
    sheet.opened_at = timezone.make_aware(dt.datetime.combine(sitting.session.convened_on, NOON))
    for name, count in vars(attendance.papers).items() if attendance.papers else ():
        setattr(sheet, name, count)
    sheet.save()
    begin(sheet, actor=actor, why=sheet.source)


def settle_item(item: AgendaItem, outcome: AgendaOutcome) -> None:
    item.outcome, item.decided_on = outcome, item.decided_on or item.sitting.session.convened_on
    item.save(update_fields=["outcome", "decided_on"])
