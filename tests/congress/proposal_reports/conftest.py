"""A session of the past with something of everything behind it."""

import datetime as dt
from typing import Any

import pytest

from congress.awards.enums import AwardKind
from congress.awards.models import Award
from congress.bodies.enums import Body
from congress.bodies.models import Congress
from congress.committees.enums import CommitteeKind
from congress.committees.models import Committee, Meeting, ReviewedDocument
from congress.inspections.models import Inspection
from congress.past_records.services import Handled, Paper, record_proposal
from congress.proposals.models import Proposal
from congress.regulations.enums import RegulationAct
from congress.regulations.models import Regulation, RegulationVersion
from congress.sessions.enums import AgendaKind, AgendaOutcome
from congress.sessions.models import AgendaItem, Session
from congress.suggestions.enums import SuggestionSource, SuggestionState
from congress.suggestions.models import Suggestion, SuggestionDrive
from tests.congress.proposal_reports.past_years import held
from tests.factories import bodies, departments

DAY = dt.date(2023, 4, 12)


def past(
    session: Session, number: int, outcome: str = "filed", *, said: dict[str, Any] | None = None, **handled: Any
) -> Proposal:
    congress = session.sittings.get().congress
    paper = Paper(number=f"2023-{number:03d}", title=f"第{number}件", outcome=outcome, **said or {})  # type: ignore[arg-type]
    return record_proposal(session=session, congress=congress, paper=paper, handled=Handled(**handled), actor=None)


@pytest.fixture
def staff() -> Congress:
    return bodies.congress(body=Body.STAFF, number=2, began_on=dt.date(2021, 4, 1))


@pytest.fixture
def session(staff: Congress) -> Session:
    """A session with something of everything behind it."""
    made = held("第二届教代会第三次会议", DAY, staff)
    sitting = made.sittings.get()
    for place, outcome in enumerate((AgendaOutcome.HEARD, AgendaOutcome.REVIEWED, AgendaOutcome.PASSED), start=1):
        AgendaItem.objects.create(
            sitting=sitting,
            position=place,
            kind=AgendaKind.OTHER,
            title=f"第{place}项",
            outcome=outcome,
            decided_on=DAY,
        )
    lead = departments.department(name="后勤处")
    done = past(made, 1, lead=lead, answered_on=dt.date(2023, 6, 1), due_on=dt.date(2023, 6, 30), grade="satisfied")
    past(made, 2, lead=lead, answered_on=dt.date(2023, 8, 1), due_on=dt.date(2023, 6, 30))
    past(made, 3)
    past(made, 4, "passed_on")
    past(made, 5, "declined")
    past(made, 6, "withdrawn")
    Suggestion.objects.create(
        source=SuggestionSource.DISCUSSION,
        title="图书馆延时开放",
        text="图书馆延时开放",
        collected_on=DAY,
        state=SuggestionState.ANSWERED,
        answer="已延时",
        answered_on=DAY,
        published=True,
    )
    SuggestionDrive.objects.create(title="金点子", opens_on=DAY, closes_on=DAY)
    Inspection.objects.create(title="食堂巡视", held_on=DAY)
    committee = Committee.objects.create(kind=CommitteeKind.UNION, name="工会委员会", began_on=DAY)
    meeting = Meeting.objects.create(committee=committee, held_on=DAY)
    ReviewedDocument.objects.create(meeting=meeting, title="《办法》")
    rule = Regulation.objects.create(title="工会经费办法")
    for act in (RegulationAct.REVISED, RegulationAct.REPEALED):
        RegulationVersion.objects.create(regulation=rule, act=act, on=DAY)
    Award.objects.create(session=made, kind=AwardKind.PROPOSAL, proposal=done, awarded_on=DAY)
    return made
