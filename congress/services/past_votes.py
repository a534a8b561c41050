"""补录: ballots and elections of sessions held before the portal, entered with their numbers from the papers.

There was no roll-call, so no voter, teller or scrutineer is looked up; the papers' own sums are checked all the same.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

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
        raise Refused(_("“%(item)s” is an election; record it as one.") % {"item": held.title}, field="item")
    if held.ballots.exclude(state=BallotState.VOIDED).exists():
        raise Refused(_("“%(item)s” already has a ballot.") % {"item": held.title}, field="item")
    papers = attendance.papers
    most = papers.valid if papers else attendance.present
    if votes.total > most or (papers and votes.total != most):
        raise Refused(
            _("%(agreed)d for, %(against)d against and %(abstained)d abstained make %(sum)d; %(most)d are possible.")
            % {**vars(votes), "sum": votes.total, "most": most},
            field="votes_for",
        )
    numerator, denominator = counting.majority(sitting=held.sitting, item=held)
    needed = counting.votes_needed(due=attendance.due, numerator=numerator, denominator=denominator)
    carried = votes.agreed >= needed
    outcome = AgendaOutcome.PASSED if carried else AgendaOutcome.LOST
    if held.outcome not in {AgendaOutcome.PENDING, outcome}:
        raise Refused(
            _("The item is noted as %(outcome)s, but %(agreed)d of %(due)d votes say otherwise: %(needed)d are needed.")
            % {
                "outcome": held.get_outcome_display(),
                "agreed": votes.agreed,
                "due": attendance.due,
                "needed": needed,
            },
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
        raise Refused(_("The agenda item is not an election of this sitting."), field="item")
    if held.elections.filter(committee=committee).exclude(state=BallotState.VOIDED).exists():
        raise Refused(
            _("%(committee)s is already elected in this sitting.") % {"committee": committee}, field="committee"
        )
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
        raise Refused(_("This session has a roll-call; open its votes in it."), field="sitting")
    if not source.strip():
        raise Refused(_("Say where this is known from (minutes, file, yearbook)."), field="source")
    if attendance.present > attendance.due:
        raise Refused(_("More delegates are present than are due."), field="present")
    if attendance.papers is not None:
        counting.check_papers(present=attendance.present, papers=attendance.papers)


def _check(lines: Sequence[Line], *, seats: int, most: int) -> None:
    if not lines:
        raise Refused(_("Enter the candidates with their votes."), field="lines")
    people = [one.person.pk for one in lines]
    twice = sorted({one.person.name for one in lines if people.count(one.person.pk) > 1})
    if twice:
        raise Refused(_("%(people)s: named twice.") % {"people": "、".join(twice)}, field="lines")
    over = [one.person.name for one in lines if one.votes > most]
    if over:
        raise Refused(
            _("%(people)s: more votes than the %(most)d papers hold.") % {"people": "、".join(over), "most": most},
            field="lines",
        )
    filled = sum(one.elected for one in lines)
    if filled > seats:
        raise Refused(
            _("%(filled)d are marked as elected, but there are %(seats)d seats.") % {"filled": filled, "seats": seats},
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
