"""往年数据补录 in the 提案工作报告: entered as in the annual report, visibly, whole or not at all."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from congress.bodies.enums import Body
from congress.proposal_reports.querysets import accountable
from congress.proposal_reports.report.account import account, report_data
from congress.proposal_reports.services import begin_report
from congress.proposal_reports.tasks import render_report
from congress.sessions.models import Session
from members.totals.enums import Approximation
from members.totals.models import SummaryRecord
from tests.congress.proposal_reports.past_years import PROPOSALS, bodies, filed, held, load, other, told
from tests.factories import bodies as make
from union_portal.base import jobs
from union_portal.base.errors import DomainError

YEAR = (dt.date(2019, 1, 1), dt.date(2019, 12, 31))


@pytest.fixture
def session() -> Session:
    (staff,) = bodies(Body.STAFF)
    return held("第二届教代会第一次会议", dt.date(2019, 4, 12), staff)


def total(kind: str, times: int, *, start: dt.date = YEAR[0], end: dt.date = YEAR[1], **more: Any) -> SummaryRecord:
    return SummaryRecord.objects.create(
        kinds=[f"congress.proposals.{kind}"], period_start=start, period_end=end, times=times, source="工作总结", **more
    )


def year_of_totals() -> None:
    for kind, times in (("collected", 52), ("merged", 10), ("filed", 30), ("passed_on", 12), ("answered", 30)):
        total(kind, times)
    total("reviewed", 42)
    total("satisfied", 30)


def test_a_session_known_by_totals_alone_has_a_report_that_adds_up(session: Session, tmp_path: Path) -> None:
    assert list(accountable(Session.objects.all())) == []
    year_of_totals()
    assert list(accountable(Session.objects.all())) == [session]

    report = begin_report(sessions=[], term=session.sittings.get().congress, actor=make.officer())
    data = report_data(report)

    stages = ("collected", "merged", "reviewed", "filed", "passed_on", "declined", "rated")
    assert [data["totals"][stage] for stage in stages] == [52, 10, 42, 30, 12, 0, 30]
    assert data["rates"]["reply"]["percent"] == "100.0%"
    assert data["doubts"] == []
    assert [(one["name"], one["collected"], one["collected_share"]) for one in data["categories"]] == [
        ("往年数据补录（无明细）", 52, "100.0")
    ]
    figures = told(tmp_path, "2019-01-01", "2019-12-31")
    assert [figures[f"proposals.{stage}"]["times"] for stage in stages[:-1]] == [52, 10, 42, 30, 12, 0]


def test_proposals_of_the_period_are_contained_in_its_total_as_in_the_annual_report(
    session: Session, tmp_path: Path
) -> None:
    rows = [*(filed(session, number) for number in range(1, 4)), other(session, 4, "转意见建议")]
    load("proposals", PROPOSALS, rows)
    total("filed", 30, times_word=Approximation.OVER)

    data = account([Session.objects.get(pk=session.pk)])

    assert (data["totals"]["filed"], data["totals"]["passed_on"], data["totals"]["collected"]) == (30, 1, 4)
    assert told(tmp_path, "2019-01-01", "2019-12-31")["proposals.filed"]["times"] == 30
    assert [one["words"] for one in data["summaries"]] == ["30余"]
    assert data["sessions"][0]["summary"] is True
    assert len(data["filed"]) == 3
    assert "相差" in data["doubts"][0]["text"]


def test_a_total_over_sessions_that_were_not_all_chosen_is_left_out_and_named(session: Session) -> None:
    staff = session.sittings.get().congress
    second = held("第二届教代会第二次会议", dt.date(2020, 4, 12), staff, number=2)
    load("proposals", PROPOSALS, [filed(session, 1), filed(second, 1)])
    total("filed", 60, end=dt.date(2020, 12, 31))
    first, both = Session.objects.filter(pk=session.pk), Session.objects.filter(pk__in=[session.pk, second.pk])

    alone, together = account(first), account(both)

    assert (alone["totals"]["filed"], alone["summaries"]) == (1, [])
    assert "还包括未选入的会议，未计入" in alone["left_out"][0]
    assert together["totals"]["filed"] == 60
    assert [span["numbers"]["filed"] for span in together["spans"]] == [60]
    assert [one["numbers"]["filed"] for one in together["sessions"]] == [0, 0]


def test_a_total_of_one_body_takes_the_place_of_that_bodys_proposals_only(session: Session) -> None:
    staff, union = (*bodies(Body.STAFF, number=3), *bodies(Body.UNION, number=3))
    both = held("双代会第一次会议", dt.date(2021, 4, 12), staff, union)
    load("proposals", PROPOSALS, [filed(both, 1, body="教代会"), filed(both, 2, body="工代会")])
    total("filed.staff", 20, start=dt.date(2021, 1, 1), end=dt.date(2021, 12, 31))

    data = account(Session.objects.filter(pk=both.pk))

    assert data["totals"]["filed"] == 21
    assert [(one["name"], one["numbers"]["filed"]) for one in data["bodies"]] == [("教代会", 20), ("工代会", 1)]


def test_a_total_of_all_bodies_contains_those_of_each_body() -> None:
    staff, union = (*bodies(Body.STAFF, number=3), *bodies(Body.UNION, number=3))
    both = held("双代会第一次会议", dt.date(2021, 4, 12), staff, union)
    for kind, times in (("filed", 30), ("filed.staff", 20), ("filed.union", 10)):
        total(kind, times, start=dt.date(2021, 1, 1), end=dt.date(2021, 12, 31))

    data = report_data(begin_report(sessions=[both], actor=make.officer()))

    assert data["totals"]["filed"] == 30
    assert [(one["name"], one["numbers"]["filed"]) for one in data["bodies"]] == [("教代会", 20), ("工代会", 10)]


def test_a_rate_of_a_total_stands_and_a_number_between_that_is_not_told_is_no_doubt(session: Session) -> None:
    for kind, times in (("collected", 52), ("merged", 10), ("filed", 30), ("passed_on", 12), ("answered", 30)):
        total(kind, times)
    share = {"times": None, "share": "98.00", "share_word": Approximation.NEARLY}
    SummaryRecord.objects.create(
        kinds=["congress.proposals.satisfaction_rate"], period_start=YEAR[0], period_end=YEAR[1], source="总结", **share
    )

    data = report_data(begin_report(sessions=[session], actor=make.officer()))

    assert data["rates"]["satisfaction"] == {"numerator": None, "denominator": None, "percent": "近98%"}
    assert data["rates"]["reply"] == {"numerator": 30, "denominator": 30, "percent": "100.0%"}
    assert data["doubts"] == []


def test_page_and_paper_mark_what_was_entered_later(session: Session) -> None:
    year_of_totals()
    report = begin_report(sessions=[session], actor=make.officer())
    client = Client()
    client.force_login(make.officer())

    page = client.get(reverse("admin:congress_proposalreport_change", args=[report.pk])).content.decode()
    render_report(report.pk)

    assert "往年数据补录" in page
    assert "工作总结" in page
    report.refresh_from_db()
    with report.pdf.open("rb") as kept:
        text = "".join(one.extract_text() for one in PdfReader(kept).pages).replace("\n", "").replace(" ", "")
    assert "以上含往年数据补录" in text
    assert "共征集提案52件" in text


def test_the_worker_prints_no_difference_that_nobody_explained(session: Session) -> None:
    load("proposals", PROPOSALS, [filed(session, 1), other(session, 2, "去向不详")])
    report = begin_report(sessions=[session], actor=None)
    jobs.start(key=f"congress.proposal_report:{report.pk}", total=100, message="")

    render_report(report.pk)

    report.refresh_from_db()
    progress = jobs.find(f"congress.proposal_report:{report.pk}")
    assert not report.pdf
    assert progress is not None
    assert "1件去向不详" in progress.message


def test_only_sessions_with_something_to_account_for_begin_a_report(session: Session) -> None:
    with pytest.raises(DomainError):
        begin_report(sessions=[], term=session.sittings.get().congress, actor=None)


pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_factor")]
