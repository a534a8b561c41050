"""A branch's own report: made, written, previewed, frozen and read by the branch's chair, of the own branch alone."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from members.branches.enums import BranchKind
from members.branches.models import Branch, BranchAssignment
from tests.factories.members import account_with_role, branch, member
from union_portal.accounts.enums import Role
from union_portal.accounts.models import User
from union_portal.annual_report.outlines.models import Outline
from union_portal.annual_report.reports.enums import ReportState
from union_portal.annual_report.reports.models import AnnualReport, ReportPreview
from union_portal.annual_report.reports.services.confirming import who_confirms
from union_portal.annual_report.reports.services.drafting import revise, start_report
from union_portal.annual_report.reports.services.freezing import begin_freeze, submit
from union_portal.annual_report.reports.tasks import render_frozen, render_preview
from union_portal.base.errors import Refused
from union_portal.base.periods import Period

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shared_rows", "one_factor")]
LIST = reverse("admin:annual_report_annualreport_changelist")
ADD = reverse("admin:annual_report_annualreport_add")


@dataclass
class School:
    """Two branches, the chair of the first, and a report of the school and of each branch."""

    own: Branch
    other: Branch
    chair: User
    whole: AnnualReport
    mine: AnnualReport
    theirs: AnnualReport


def started(of: Branch | None) -> AnnualReport:
    outline = Outline.objects.get(code="summary")
    return start_report(outline=outline, period=Period.year(2022), actor=None, branch=of)


@pytest.fixture(scope="module")
def school(one_data_set: Any) -> School:
    own, other = branch(name="外国语学院分工会"), branch(name="物理学院分工会")
    for place in (own, own, other):
        member(on=dt.date(2020, 1, 1), branch=place)
    chair = account_with_role(Role.BRANCH_CHAIR, branches=(own,))
    return School(own, other, chair, started(None), started(own), started(other))


@pytest.fixture
def client(school: School) -> Client:
    client = Client()
    client.force_login(school.chair)
    return client


def page(report: AnnualReport) -> str:
    return reverse("admin:annual_report_annualreport_change", args=[report.pk])


def test_a_branch_s_chair_begins_a_report_of_the_own_branch_and_of_nothing_else(school: School, client: Client) -> None:
    asked = {"outline": school.mine.outline_id, "period_start": "2023-01-01", "period_end": "2023-12-31"}
    form = client.get(ADD).content.decode()
    assert (school.own.name in form, school.other.name in form) == (True, False)
    for refused in ("", str(school.other.pk)):
        client.post(ADD, {**asked, "branch": refused})
        assert not AnnualReport.objects.filter(period_start__year=2023).exists()
    client.post(ADD, {**asked, "branch": school.own.pk})
    made = AnnualReport.objects.get(period_start__year=2023)
    assert (made.branch, made.title) == (school.own, "外国语学院分工会2023年工作总结")
    assert made.signer == "外国语学院分工会"


def test_the_school_is_no_branch_of_its_own() -> None:
    root = branch(kind=BranchKind.SCHOOL)
    with pytest.raises(Refused, match="全校的报告"):
        started(root)


def test_a_branch_s_chair_sees_the_own_branch_s_reports_alone(school: School, client: Client) -> None:
    shown = client.get(LIST).content.decode()
    assert [page(one) in shown for one in (school.mine, school.whole, school.theirs)] == [True, False, False]
    assert ">2</a>人" in client.get(page(school.mine)).content.decode()
    for report in (school.whole, school.theirs):
        keys: tuple[tuple[str, list[Any]], ...] = (
            ("annualreport_change", []),
            ("rows", ["members.total"]),
            ("figures", []),
            ("preview", []),
            ("pdf", []),
        )
        for name, more in keys:
            address = reverse(f"admin:annual_report_{name}", args=[report.pk, *more])
            assert client.get(address).status_code == 404, address
        assert client.post(page(report), {"title": "改"}).status_code == 404


def test_the_school_s_officers_see_every_branch_s_report_with_the_branch_s_rows(school: School) -> None:
    officer = Client()
    officer.force_login(account_with_role(Role.CHAIR))
    shown = officer.get(LIST).content.decode()
    assert all(page(one) in shown for one in (school.mine, school.whole, school.theirs))
    rows = reverse("admin:annual_report_rows", args=[school.theirs.pk, "members.total"])
    found = officer.get(rows).content.decode()
    belongs = dict(BranchAssignment.objects.values_list("person__staff_number", "branch"))
    assert {branch for number, branch in belongs.items() if number and number in found} == {school.other.pk}


def test_only_what_is_counted_of_a_branch_can_be_put_into_its_words(school: School, client: Client) -> None:
    address = reverse("admin:annual_report_figures", args=[school.mine.pk])
    assert "{members.total:heads}" in client.get(address, {"q": "members.total"}).content.decode()
    assert "{welfare.spent" not in client.get(address, {"q": "welfare.spent"}).content.decode()


def test_it_is_written_previewed_and_frozen_by_two_of_the_branch_or_a_head_of_the_school(
    school: School, client: Client
) -> None:
    report, section = school.mine, school.mine.texts.latest("section__chapter__position").section_id
    typed = {"title": report.title, "signer": "分工会", f"text-{section}": "会员{members.total:heads}人，来年再聚。"}
    assert client.post(page(report), typed).status_code == 302
    assert "来年再聚" in report.texts.get(section=section).text
    render_preview(report.pk)
    assert ReportPreview.objects.filter(report=report).exists()

    submit(report=report, actor=school.chair)
    report.refresh_from_db()
    freeze = "annual_report.freeze_annualreport"
    second = account_with_role(Role.BRANCH_CHAIR, branches=(school.own,))
    neighbour = account_with_role(Role.BRANCH_CHAIR, branches=(school.other,))
    head, officer = account_with_role(Role.CHAIR), account_with_role(Role.ORGANISATION)
    may = [one.has_perm(freeze, report) for one in (school.chair, second, neighbour, head, officer)]
    assert may == [False, True, False, True, False]
    assert not school.chair.has_perm(freeze, school.whole)

    told = who_confirms(report, asked_by=school.chair)
    assert [one.name in told for one in (school.chair, second, neighbour, head)] == [False, True, False, True]

    begin_freeze(report=report, actor=second)
    render_frozen(report.pk)
    report.refresh_from_db()
    assert (report.state, report.failure) == (ReportState.FROZEN, "")
    assert report.snapshot is not None
    assert report.snapshot["union"] == "外国语学院分工会"
    total = next(one for one in report.snapshot["figures"] if one["key"] == "members.total")
    assert total["heads"] == 2
    assert report.snapshot["ledger_heads"] == []
    assert b"".join(client.get(reverse("admin:annual_report_pdf", args=[report.pk]))).startswith(b"%PDF")
    assert revise(report=report, reason="补一句", actor=school.chair).branch == school.own
