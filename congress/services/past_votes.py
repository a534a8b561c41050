"""补录: ballots and elections of sessions held before the portal, entered with their numbers from the papers.

There was no roll-call, so no voter, teller or scrutineer is looked up; the papers' own sums are checked all the same.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from congress.enums import AgendaKind, AgendaOutcome, BallotMethod, BallotResult, BallotState
from congress.models import AgendaItem, Ballot, Candidate, Committee, Election, Sitting
from congress.services import counting
from congress.services.ballots import Votes
from congress.services.counting import Papers
from congress.services.steps import begin, hold
from members.models import Person
from union_portal.accounts.models import User
from union_portal.base.errors import Refused

_NOON = dt.time(12)


@dataclass(frozen=True)
class Attendance:
    """应到 and 实到 as the papers say, and how the vote was taken; `papers` None: the source does not say."""

    due: int
    present: int
    method: BallotMethod = BallotMethod.PAPER
    papers: Papers | None = None


@dataclass(frozen=True)
class Line:
    """One candidate's line of a past election."""

    person: Person
    votes: int
    elected: bool
    written_in: bool = False


@transaction.atomic
def record_ballot(*, item: AgendaItem, attendance: Attendance, votes: Votes, source: str, actor: User | None) -> Ballot:
    """Enter a past ballot; its result follows from the votes and settles the item.

    Refused for a session with a roll-call, sums that cannot be, and a result that contradicts the item's outcome.
    """
    held = hold(item, "sitting__session", "sitting__congress")
    _recordable(held.sitting, attendance, source)
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
    _keep(ballot, held.sitting, attendance, source, actor)
    _settle(held, outcome)
    return ballot


@transaction.atomic
def record_election(
    *,
    sitting: Sitting,
    committee: Committee,
    seats: int,
    attendance: Attendance,
    lines: Sequence[Line],
    source: str,
    actor: User | None,
    item: AgendaItem | None = None,
) -> Election:
    """Enter a past election: votes by candidate, and who was elected as the papers say.

    Refused for a session with a roll-call, more elected than seats, more votes than papers hold, a name twice.
    """
    held = hold(sitting, "session", "congress")
    _recordable(held, attendance, source)
    if item is not None and (item.sitting_id != held.pk or item.kind != AgendaKind.ELECT):
        raise Refused("该议题不是本次会议的选举事项。", field="item")
    if held.elections.filter(committee=committee).exclude(state=BallotState.VOIDED).exists():
        raise Refused(f"{committee}在本次会议中已有选举记录。", field="committee")
    _check(lines, seats=seats, most=attendance.papers.valid if attendance.papers else attendance.present)
    numerator, denominator = counting.majority(sitting=held, item=item)
    election = Election(
        sitting=held,
        committee=committee,
        item=item,
        seats=seats,
        min_surplus=0,
        needed=counting.votes_needed(due=attendance.due, numerator=numerator, denominator=denominator),
    )
    filled = sum(one.elected for one in lines)
    election.left_open = seats - filled if filled < seats else None
    _keep(election, held, attendance, source, actor)
    Candidate.objects.bulk_create(
        Candidate(election=election, person=one.person, votes=one.votes, elected=one.elected, written_in=one.written_in)
        for one in lines
    )
    if item is not None:
        _settle(hold(item, "sitting__session"), AgendaOutcome.PASSED if filled else AgendaOutcome.LOST)
    return election


def _recordable(sitting: Sitting, attendance: Attendance, source: str) -> None:
    if not sitting.session.recorded:
        raise Refused("本次会议有签到名册，请在会议中发起表决或选举，不能补录。", field="sitting")
    if not source.strip():
        raise Refused("请写明资料来源（会议纪要、档案、年鉴等）。", field="source")
    if attendance.present > attendance.due:
        raise Refused("实到代表多于应到代表。", field="present")
    if attendance.papers is not None:
        counting.check_papers(present=attendance.present, papers=attendance.papers)


def _check(lines: Sequence[Line], *, seats: int, most: int) -> None:
    if not lines:
        raise Refused("请填写候选人及得票。", field="lines")
    people = [one.person.pk for one in lines]
    twice = sorted({one.person.name for one in lines if people.count(one.person.pk) > 1})
    if twice:
        raise Refused("{people}：重复填写。".format(people="、".join(twice)), field="lines")
    over = [one.person.name for one in lines if one.votes > most]
    if over:
        raise Refused(
            "{people}：得票超过有效票数 {most}。".format(people="、".join(over), most=most),
            field="lines",
        )
    filled = sum(one.elected for one in lines)
    if filled > seats:
        raise Refused(
            f"标为当选的有 {filled} 人，应选名额只有 {seats} 名。",
            field="lines",
        )


def _keep(sheet: Ballot | Election, sitting: Sitting, attendance: Attendance, source: str, actor: User | None) -> None:
    sheet.method, sheet.state = attendance.method, BallotState.CONFIRMED
    sheet.due, sheet.present = attendance.due, attendance.present
    sheet.recorded, sheet.source, sheet.entered_by = True, source.strip(), actor
    sheet.entered_at = timezone.now()
    sheet.opened_at = timezone.make_aware(dt.datetime.combine(sitting.session.convened_on, _NOON))
    for name, count in vars(attendance.papers).items() if attendance.papers else ():
        setattr(sheet, name, count)
    sheet.save()
    begin(sheet, actor=actor, why=sheet.source)


def _settle(item: AgendaItem, outcome: AgendaOutcome) -> None:
    item.outcome, item.decided_on = outcome, item.decided_on or item.sitting.session.convened_on
    item.save(update_fields=["outcome", "decided_on"])
