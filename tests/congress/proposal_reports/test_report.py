"""提案工作报告: an account that comes out right, on the page, as data and on paper."""

import datetime as dt
import io
import json
from decimal import Decimal
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from congress.bodies.enums import Body
from congress.drives.models import ProposalCategory, ProposalDrive
from congress.proposal_reports.models import ProposalReport
from congress.proposal_reports.report.account import account, report_data
from congress.proposal_reports.services import begin_report
from congress.proposal_reports.tasks import render_report
from congress.sessions.models import Session
from tests.congress.proposal_reports.past_years import (
    PROPOSALS,
    bodies,
    departments,
    filed,
    held,
    load,
    other,
    times,
    told,
)
from tests.factories import bodies as make
from tests.factories.members import account as account_of
from union_portal.accounts.models import User
from union_portal.base import jobs
from union_portal.base.errors import DomainError

CATEGORIES = ("学校治理与发展", "教育教学", "生活服务与健康")


@pytest.fixture(scope="module")
def session(one_data_set: Path) -> Session:
    """126 forms: 26 merged, 64 filed, 31 passed on, 5 declined; 60 of the filed answered, 58 in time."""
    (staff,) = bodies(Body.STAFF)
    made = held("第二届教代会第五次会议", dt.date(2023, 4, 12), staff, number=5)
    departments("后勤处")
    rows = [other(made, number, "并案", into="2023-030") for number in range(1, 27)]
    for number in range(30, 94):
        day = "" if number >= 90 else "2024-01-08" if number >= 88 else "2023-10-10"
        grade = "" if number >= 85 else "不满意" if number == 84 else "基本满意" if number > 80 else "满意"
        rows.append(filed(made, number, answered=day, grade=grade))
    rows += [other(made, number, "转意见建议") for number in range(100, 131)]
    rows += [other(made, number, "不予立案") for number in range(140, 145)]
    sorted_rows = [(*row[:4], CATEGORIES[place % 3], *row[5:]) for place, row in enumerate(rows)]
    load("proposals", PROPOSALS, sorted_rows)
    return made


def desk(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_a_hundred_and_twenty_six_forms_are_accounted_for(session: Session, tmp_path: Path) -> None:
    data = account([session])

    stages = ("collected", "merged", "reviewed", "filed", "passed_on", "declined", "withdrawn", "undecided")
    assert [data["totals"][stage] for stage in stages] == [126, 26, 100, 64, 31, 5, 0, 0]
    assert data["doubts"] == []
    figures = told(tmp_path, "2023-01-01", "2023-12-31")
    assert times(figures, *(f"proposals.{stage}" for stage in stages)) == (126, 26, 100, 64, 31, 5, 0, 0)
    assert data["rates"]["reply"] == {"numerator": 60, "denominator": 64, "percent": "93.8%"}
    assert data["rates"]["on_time"] == {"numerator": 58, "denominator": 60, "percent": "96.7%"}
    assert data["rates"]["satisfaction"] == {"numerator": 54, "denominator": 55, "percent": "98.2%"}
    for share, count in (("collected_share", 126), ("filed_share", 64)):
        # Equal counts have equal shares, so that a tenth may be left over.
        assert Decimal("99.9") <= sum(Decimal(one[share]) for one in data["categories"]) <= Decimal("100.0")
        assert sum(one[share.removesuffix("_share")] for one in data["categories"]) == count
    assert [one["name"] for one in data["categories"]] == list(CATEGORIES)
    same = [name for name in data["totals"] if name not in ("due", "rated")]
    assert {name: figures[f"proposals.{name}"]["times"] for name in same if f"proposals.{name}" in figures} == {
        name: data["totals"][name] for name in same if f"proposals.{name}" in figures
    }
    departments = {one["name"]: one for one in data["departments"]}
    assert (departments["后勤处"]["led"], departments["后勤处"]["on_time"], departments["未交办"]["led"]) == (60, 58, 4)


def test_the_account_takes_as_many_queries_for_many_proposals(session: Session, tmp_path: Path) -> None:
    (union,) = bodies(Body.UNION, number=3)
    small = held("第三届工代会第一次会议", dt.date(2023, 5, 12), union)
    load("proposals", PROPOSALS, [filed(small, 1, answered="2023-10-10", grade="满意")])
    counts = []
    for chosen in ([small], [session]):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            account(Session.objects.filter(pk__in=[one.pk for one in chosen]).select_related("drive"))
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 8


def test_a_whole_term_is_one_report(session: Session, tmp_path: Path) -> None:
    term = session.sittings.get().congress
    sixth = held("第二届教代会第六次会议", dt.date(2024, 4, 12), term, number=6)
    load("proposals", PROPOSALS, [filed(sixth, 1), other(sixth, 2, "去向不详")])

    report = begin_report(sessions=[], term=term, actor=make.officer())
    data = report_data(report)

    assert [one["title"] for one in data["sessions"]] == [session.title, sixth.title]
    assert data["totals"]["collected"] == 128
    assert [doubt["text"] for doubt in data["doubts"]] == [
        "第二届教代会第六次会议：征集提案2件，与立案1件之和1件不符，1件去向不详"
    ]
    with pytest.raises(DomainError):
        begin_report(sessions=[], actor=None)


def test_the_paper_says_what_the_page_says(session: Session) -> None:
    report = begin_report(sessions=[session], actor=make.officer())

    render_report(report.pk)

    report.refresh_from_db()
    with report.pdf.open("rb") as kept:
        pages = PdfReader(io.BytesIO(kept.read())).pages
    text = "".join(page.extract_text() for page in pages).replace("\n", "").replace(" ", "")
    assert "共征集提案126件" in text
    assert "并案26件，确定提案100件：正式立案64件，转为意见建议31件，不予立案5件" in text
    assert "答复率93.8%" in text
    assert text.count("2023-0") == 64
    assert report.data == report_data(report)


def test_the_desk_begins_explains_and_prints(session: Session, tmp_path: Path) -> None:
    load("proposals", PROPOSALS, [other(session, 200, "去向不详")])
    client = desk(make.officer())

    begun = client.post(reverse("admin:congress_proposalreport_add"), {"sessions": [session.pk]})
    report = ProposalReport.objects.get()
    page = reverse("admin:congress_proposalreport_change", args=[report.pk])
    assert begun.headers["Location"] == page
    assert "1件去向不详" in client.get(page).content.decode()

    client.post(page, {"_paper": ""})
    assert jobs.find(f"congress.proposal_report:{report.pk}") is None
    drive = ProposalDrive.objects.get(session=session)
    client.post(page, {"_paper": "", f"explain-{drive.pk}": "表格遗失"})
    progress = jobs.find(f"congress.proposal_report:{report.pk}")
    assert progress is not None
    assert progress.is_running
    drive.refresh_from_db()
    assert drive.reconciliation == "表格遗失"
    data = json.loads(client.get(reverse("admin:congress_proposalreport_json", args=[report.pk])).content)
    assert (data["totals"]["collected"], data["totals"]["undecided"]) == (127, 0)
    nothing = client.post(reverse("admin:congress_proposalreport_add"), {})
    assert nothing.status_code == 422


def test_a_member_sees_no_report(session: Session) -> None:
    report = begin_report(sessions=[session], actor=None)
    client = Client()
    client.force_login(account_of())
    for name in ("change", "json", "pdf"):
        answer = client.get(reverse(f"admin:congress_proposalreport_{name}", args=[report.pk]))
        assert answer.status_code in (302, 403, 404)
        assert "126" not in answer.content.decode()
    assert ProposalCategory.objects.exists()


pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shared_rows")]
