"""The congress's figures: each with its rows, in few queries, with totals of the time before the portal."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from congress.bodies.enums import Body
from congress.bodies.models import Congress
from congress.committees.enums import CommitteeKind
from congress.committees.models import Committee, Meeting, ReviewedDocument
from congress.delegates.enums import Seat
from congress.drives.models import ProposalCategory, ProposalDrive
from congress.handling.enums import ReplyKind
from congress.past_records.services import explain_difference
from congress.proposals.models import Proposal
from congress.regulations.enums import RegulationAct
from congress.regulations.models import Regulation, RegulationVersion
from congress.sessions.enums import AgendaKind, AgendaOutcome
from congress.sessions.models import AgendaItem, Session, Sitting
from members.totals.models import SummaryRecord
from tests.congress.proposal_reports.conftest import past
from tests.congress.proposal_reports.past_years import held
from tests.factories import bodies, delegates, departments, members
from tests.factories.members import branch
from union_portal.annual_report.composing.services.composing import compose
from union_portal.annual_report.outlines.models import Outline
from union_portal.base import figures
from union_portal.base.figures import Figure, FigureRequest
from union_portal.base.periods import Period

YEAR = Period.year(2023)
DAY = dt.date(2023, 4, 12)


def one(kind: str, period: Period = YEAR) -> Figure:
    return figures.count([FigureRequest(kind, (f"congress.{kind}",), period)])[0]


def rows(kind: str, period: Period = YEAR) -> list[Any]:
    request = FigureRequest(kind, (f"congress.{kind}",), period)
    return list(figures.rows(request, bodies.officer()).records)


def kinds() -> list[Any]:
    return [kind for key, kind in figures.kinds().items() if key.startswith("congress.")]


def test_every_figure_has_as_many_rows_as_it_says(session: Session) -> None:
    officer = bodies.officer()
    requests = [FigureRequest(kind.key, (kind.key,), YEAR) for kind in kinds() if not kind.as_of]
    counted = figures.count(requests)
    for request, figure in zip(requests, counted, strict=True):
        found = figures.rows(request, officer)
        expected = figure.denominator if figure.unit == "%" else figure.times
        records = list(found.records)
        assert len(records) == (expected or 0), request.key
        assert all(len(record) == len(found.headers) for record in records), request.key
    there = {figure.key.removeprefix("congress.") for figure in counted if figure.times}
    assert {"agenda.heard", "proposals.filed", "suggestions", "meetings.union", "documents", "regulations"} <= there
    assert one("regulations").times == one("regulations_repealed").times == 1
    assert rows("sessions")[0][2] == "教代会"


def test_two_records_of_one_thing_are_one_in_the_figure_and_in_its_rows(session: Session, staff: Congress) -> None:
    rule, meeting = Regulation.objects.get(), Meeting.objects.get()
    RegulationVersion.objects.create(regulation=rule, act=RegulationAct.IMPROVED, on=DAY)
    ReviewedDocument.objects.create(meeting=meeting, title="办法")
    union = bodies.congress(body=Body.UNION, number=2, began_on=dt.date(2021, 4, 1))
    joint = Sitting.objects.create(session=session, congress=union, number=3, state=session.sittings.get().state)
    AgendaItem.objects.create(
        sitting=joint, position=1, kind=AgendaKind.OTHER, title="第1项", outcome=AgendaOutcome.HEARD, decided_on=DAY
    )
    for kind in ("regulations", "documents", "sessions", "agenda.heard", "titles.heard"):
        assert one(kind).times == len(rows(kind)) == 1, kind
    both = FigureRequest("both", ("congress.inspections", "congress.sessions"), YEAR)
    assert figures.count([both])[0].times == figures.rows(both, bodies.officer()).records.count() == 2
    with pytest.raises(PermissionDenied):
        figures.rows(both, members.account())


def test_the_number_of_queries_depends_on_neither_records_nor_requests(session: Session) -> None:
    few = [FigureRequest("congress.proposals.filed", ("congress.proposals.filed",), YEAR)]
    many = [FigureRequest(kind.key, (kind.key,), YEAR) for kind in kinds()]
    for number in range(10, 40):
        past(session, number)
    counts = []
    for requests in (few, many):
        with CaptureQueriesContext(connection) as queries:
            figures.count(requests)
        counts.append(len(queries))
    assert counts == [3, 3]


def test_only_the_school_s_own_congresses_are_counted(session: Session) -> None:
    college = bodies.congress(body=Body.STAFF, number=1, branch=branch(), began_on=dt.date(2021, 4, 1))
    past(held("学院教代会", DAY, college), 1)

    assert (one("sessions").times, one("branch_sessions").times) == (1, 1)
    assert one("proposals.filed").times == 3


def test_what_a_branch_s_own_congress_did_stands_in_the_branch_s_report(session: Session) -> None:
    own = branch()
    college = bodies.congress(body=Body.STAFF, number=1, branch=own, began_on=dt.date(2021, 4, 1))
    past(held("学院教代会", DAY, college), 1)
    committee = Committee.objects.create(kind=CommitteeKind.UNION, name="分工会委员会", began_on=DAY, branch=own)
    Meeting.objects.create(committee=committee, held_on=DAY)
    asked = [
        FigureRequest(kind, (f"congress.{kind}",), YEAR, branch=(own.pk,))
        for kind in ("sessions", "proposals.filed", "meetings", "inspections")
    ]
    assert [figure.times for figure in figures.count(asked)] == [1, 1, 1, None]
    assert [item.text for item in figures.count(asked)[0].items] == ["学院教代会"]
    assert one("meetings").times == 1


def test_who_came_to_sessions_and_meetings(session: Session) -> None:
    assert (one("session_due").times, one("session_attendance").denominator) == (None, 0)
    Sitting.objects.filter(session=session).update(due=120, present=80)
    meeting = Meeting.objects.get()
    Meeting.objects.filter(pk=meeting.pk).update(due=9, present=5)
    Meeting.objects.create(committee=meeting.committee, held_on=DAY + dt.timedelta(days=1), due=9, present=6)
    rate = one("session_attendance")
    assert (one("session_due").times, one("session_present.staff").times) == (120, 80)
    assert (rate.numerator, rate.denominator, rate.unit) == (80, 120, "%")
    assert (one("sessions_quorate").times, one("meetings_quorate").times) == (1, 1)
    assert (one("meeting_due").times, one("meeting_present").times) == (18, 11)
    Congress.objects.update(quorum_bound="more_than")
    assert one("sessions_quorate").times == 0
    total = SummaryRecord.objects.create(
        kinds=["congress.session_due"], period_start=DAY, period_end=DAY, times=150, source="工作报告"
    )
    assert one("session_due").times == total.times


def test_lists_are_named_with_their_days_and_documents_in_marks(session: Session) -> None:
    union = bodies.congress(body=Body.UNION, number=2, began_on=dt.date(2021, 4, 1))
    Sitting.objects.create(session=session, congress=union, number=3, state=session.sittings.get().state)
    told = {kind: one(kind).items for kind in ("sessions", "agenda.passed", "documents", "regulations", "meetings")}
    assert [(item.text, item.on) for item in told.pop("sessions")] == [("第二届教代会第三次会议", DAY)]
    texts = {kind: [item.text for item in items] for kind, items in told.items()}
    assert texts == {
        "agenda.passed": ["《第3项》"],
        "documents": ["《办法》"],
        "regulations": ["《工会经费办法》"],
        "meetings": ["工会委员会会议"],
    }
    SummaryRecord.objects.create(
        kinds=["congress.sessions"], period_start=DAY, period_end=DAY, times=3, source="工作报告"
    )
    assert one("sessions").items == ()


def test_proposals_by_what_was_answered_and_before_they_were_merged(session: Session) -> None:
    lead, day = departments.department(), dt.date(2023, 6, 1)
    past(session, 8, lead=lead, answered_on=day, kind=ReplyKind.PLANNED, promised_on=dt.date(2024, 6, 1))
    past(session, 9, lead=lead, answered_on=day, kind=ReplyKind.CANNOT, text="经费不足")
    for number, into in ((10, "2023-001"), (11, "2023-004")):
        past(session, number, "merged", said={"merged_into": Proposal.objects.get(number=into)})
    kinds = ("solved", "planned", "cannot", "answered", "filed", "filed_before_merging", "merged")
    assert [one(f"proposals.{kind}").times for kind in kinds] == [2, 1, 1, 4, 5, 6, 2]
    category = ProposalCategory.objects.create(code="logistics-test", name="校园后勤", position=90)
    Proposal.objects.filter(number__in=("2023-008", "2023-009")).update(category=category)
    assert [(item.text, item.times) for item in one("proposals.filed").largest] == [("校园后勤", 2)]


def test_a_proposal_passed_on_counts_in_the_year_of_its_session(session: Session, staff: Congress) -> None:
    january = held("第二届教代会第四次会议", dt.date(2024, 1, 9), staff, number=4)
    past(january, 1, "passed_on", said={"submitted_on": dt.date(2023, 12, 20)})
    old, new = YEAR, Period.year(2024)
    assert [one("suggestions_passed_on", period).times for period in (old, new)] == [1, 1]
    assert [one("proposals.passed_on", period).times for period in (old, new)] == [1, 1]
    assert [one("suggestions", period).times for period in (old, new)] == [2, 1]
    assert [one("suggestions_direct", period).times for period in (old, new)] == [1, 0]
    assert (one("suggestions_answered").times, one("suggestions_passed_on_answered").times) == (1, 0)


def test_a_proposal_counts_in_the_period_of_its_session(session: Session, staff: Congress) -> None:
    past(held("第二届教代会第四次会议", dt.date(2024, 4, 12), staff, number=2), 1)

    assert one("proposals.filed").times == 3
    term = one("proposals.filed", Period(dt.date(2021, 1, 1), dt.date(2025, 12, 31)))
    assert term.times == 4


def test_rates_name_what_they_divide(session: Session) -> None:
    reply, on_time = one("proposals.reply_rate"), one("proposals.on_time_rate")
    assert (reply.numerator, reply.denominator, reply.unit) == (2, 3, "%")
    assert (on_time.numerator, on_time.denominator) == (1, 2)
    assert (one("proposals.satisfaction_rate").numerator, one("proposals.unrated").times) == (1, 1)
    assert not reply.empty
    draft = compose(Outline.objects.get(code="summary"), YEAR)
    said = [text for chapter in draft.chapters for section in chapter.sections for text in section.paragraphs]
    assert any("答复率66.7%" in text for text in said)
    assert draft.doubts == ()


def test_delegates_are_those_with_a_vote_on_the_day(staff: Congress) -> None:
    delegates.delegate(of=staff)
    delegates.delegate(of=staff, seat=Seat.OBSERVER)
    delegates.delegate(of=staff, valid_from=timezone.localdate() + dt.timedelta(days=1))

    today = Period(dt.date(2023, 1, 1), timezone.localdate())
    assert (one("delegates", today).heads, one("delegates.union", today).heads) == (1, 0)
    assert len(rows("delegates", today)) == 1


def test_a_total_takes_the_place_of_the_details_it_contains(session: Session) -> None:
    SummaryRecord.objects.create(
        kinds=["congress.proposals.filed.staff"], period_start=DAY, period_end=DAY, times=40, source="工作报告"
    )
    filed = one("proposals.filed")
    assert (filed.times, filed.summary) == (40, True)
    assert one("proposals.filed.union").times == 0
    assert one("proposals.reply_rate").denominator == 40
    half = one("proposals.filed", Period(dt.date(2023, 1, 1), dt.date(2023, 3, 31)))
    assert half.times == 0


def test_what_nobody_knows_of_is_a_doubt_until_the_drive_explains_it(session: Session) -> None:
    outline = Outline.objects.get(code="speech")
    past(session, 7, "")
    (doubt,) = compose(outline, YEAR).doubts
    assert (doubt.key, doubt.explanation) == ("congress.proposals.collected", "")
    assert "1件去向不详" in doubt.text

    explain_difference(drive=ProposalDrive.objects.get(session=session), words="原表遗失")
    (doubt,) = compose(outline, YEAR).doubts
    assert doubt.explanation == "原表遗失"
    assert compose(outline, YEAR).unexplained == ()


def test_every_kind_has_a_name_of_its_own_in_chinese() -> None:
    labels = {key: str(kind.label) for key, kind in figures.kinds().items()}
    taken = list(labels.values())
    mine = [label for key, label in labels.items() if key.startswith("congress.")]
    assert [label for label in mine if taken.count(label) > 1] == []


def test_a_late_first_reply_stays_late_when_the_second_is_in_time(session: Session) -> None:
    day = dt.date(2023, 6, 1)
    late = past(
        session, 8, lead=departments.department(), answered_on=day, due_on=dt.date(2023, 5, 31), grade="dissatisfied"
    )
    assert (one("proposals.due").times, one("proposals.on_time").times) == (3, 1)

    Proposal.objects.filter(pk=late.pk).update(round=2, due_on=dt.date(2023, 9, 30))

    assert one("proposals.on_time").times == len(rows("proposals.on_time")) == 1
    in_time = Proposal.objects.get(number="2023-001")
    Proposal.objects.filter(pk=in_time.pk).update(round=2, due_on=dt.date(2099, 9, 30))
    assert one("proposals.on_time").times == len(rows("proposals.on_time")) == 1
    Proposal.objects.filter(pk=in_time.pk).update(due_on=dt.date(2023, 9, 30))
    assert one("proposals.on_time").times == len(rows("proposals.on_time")) == 0


pytestmark = pytest.mark.django_db
