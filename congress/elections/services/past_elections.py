"""Elections held before the portal, recorded from their papers."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from congress.committees.models import Committee
from congress.elections.models import Candidate, Election
from congress.sessions.enums import AgendaKind, AgendaOutcome
from congress.sessions.models import AgendaItem, Sitting
from congress.voting.enums import BallotState
from congress.voting.services import counting
from congress.voting.services.past_ballots import Attendance, keep_sheet, recordable, settle_item
from members.people.models import Person
from union_portal.accounts.models import User
from union_portal.base.errors import Refused
from union_portal.base.steps import hold


@dataclass(frozen=True)
class PastCandidate:
    """One candidate's line of a past election."""

    person: Person
    votes: int
    elected: bool
    written_in: bool = False


@transaction.atomic
def record_election(
    *,
    sitting: Sitting,
    committee: Committee,
    seats: int,
    attendance: Attendance,
    lines: Sequence[PastCandidate],
    source: str,
    actor: User | None,
    item: AgendaItem | None = None,
) -> Election:
    """Enter a past election: votes by candidate, and who was elected as the papers say.

    Refused for a session with a roll-call, more elected than seats, more votes than papers hold, a name twice.
    """
    held = hold(sitting, "session", "congress")
    recordable(held, attendance, source)
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
    keep_sheet(election, held, attendance, source, actor)
    Candidate.objects.bulk_create(
        Candidate(election=election, person=one.person, votes=one.votes, elected=one.elected, written_in=one.written_in)
        for one in lines
    )
    if item is not None:
        settle_item(hold(item, "sitting__session"), AgendaOutcome.PASSED if filled else AgendaOutcome.LOST)
    return election


def _check(lines: Sequence[PastCandidate], *, seats: int, most: int) -> None:
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
