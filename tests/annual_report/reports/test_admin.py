"""The report on the staff desk: who sees it, what the draft shows, and what a press of a button does."""

import datetime as dt
import io
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from docx import Document
from procrastinate.contrib.django.models import ProcrastinateJob
from pypdf import PdfReader
from rules.permissions import permissions
from rules.predicates import always_false
from time_machine import TimeMachineFixture

from members.people.models import Person
from members.totals.models import SummaryRecord
from tests.factories.members import account_with_role, member
from tests.factories.reports import started, submitted
from union_portal.accounts.enums import Access, DataClass, Role
from union_portal.accounts.models import AccessEntry
from union_portal.annual_report.outlines.models import Outline, OutlineSection
from union_portal.annual_report.reports.enums import ReportState
from union_portal.annual_report.reports.models import AnnualReport, ReportPreview
from union_portal.annual_report.reports.services.freezing import progress_key
from union_portal.annual_report.reports.tasks import render_frozen, render_preview
from union_portal.base import figures, jobs
from union_portal.base.figures import Figure, FigureRequest
from union_portal.base.figures.wording import written

LIST = reverse("admin:annual_report_annualreport_changelist")


@pytest.fixture(autouse=True)
def _no_second_factor(settings: Any) -> None:
    settings.PORTAL_STAFF_TOTP = False


def signed_in(*roles: Role) -> Client:
    client = Client()
    client.force_login(account_with_role(*roles))
    return client


@pytest.fixture
def report() -> AnnualReport:
    member(on=dt.date(2020, 1, 1))
    return started("welfare.festival.spring")


def first_section(report: AnnualReport) -> OutlineSection:
    """Return the section without a heading that opens the report."""
    return OutlineSection.objects.filter(chapter__outline=report.outline, heading="").order_by("chapter__position")[0]


def read(report: AnnualReport) -> dict[str, str]:
    return {f"read-{text.section_id}": str(text.version) for text in report.texts.all()}


def page(report: AnnualReport) -> str:
    return reverse("admin:annual_report_annualreport_change", args=[report.pk])


@pytest.mark.parametrize("roles", [(), (Role.BRANCH_CHAIR,)])
def test_strangers_see_no_report(report: AnnualReport, roles: tuple[Role, ...]) -> None:
    client = signed_in(*roles)
    for address in (page(report), reverse("admin:annual_report_rows", args=[report.pk, "members.total"])):
        assert client.get(address).status_code in {302, 403, 404}


def test_an_officer_starts_a_draft_with_outline_and_period() -> None:
    client = signed_in(Role.ORGANISATION)
    outline = Outline.objects.get(code="speech")
    add = reverse("admin:annual_report_annualreport_add")
    swapped = client.post(add, {"outline": outline.pk, "period_start": "2023-12-31", "period_end": "2023-01-01"})
    assert not AnnualReport.objects.exists()
    assert "期间的结束日期应晚于开始日期。" in swapped.content.decode()

    client.post(add, {"outline": outline.pk, "period_start": "2023-01-01", "period_end": "2023-12-31"})

    started = AnnualReport.objects.get()
    assert "2023年" in started.title


@pytest.mark.parametrize(("month", "day", "year"), [(3, 31, 2025), (4, 1, 2026), (12, 31, 2026)])
def test_a_new_report_proposes_the_year_it_is_due_for(
    month: int, day: int, year: int, time_machine: TimeMachineFixture
) -> None:
    time_machine.move_to(dt.datetime(2026, month, day, 9, tzinfo=timezone.get_default_timezone()), tick=False)
    client, add = signed_in(Role.ORGANISATION), reverse("admin:annual_report_annualreport_add")
    page = client.get(add).content.decode()
    assert f'value="{year}-01-01"' in page
    assert f'value="{year}-12-31"' in page
    assert 'value="2023-09-01"' in client.get(add, {"period_start": "2023-09-01"}).content.decode()


def test_the_draft_shows_figures_that_lead_to_their_rows(report: AnnualReport) -> None:
    client = signed_in(Role.CHAIR)
    rows = reverse("admin:annual_report_rows", args=[report.pk, "members.total"])
    assert rows in client.get(page(report)).content.decode()
    shown = client.get(rows).content.decode()
    assert "截至2022-12-31" in shown
    assert str(Person.objects.get().staff_number) in shown


def test_the_rows_of_a_figure_ask_who_may_see_their_source(
    report: AnnualReport, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, rows = signed_in(Role.FINANCE), reverse("admin:annual_report_rows", args=[report.pk, "members.total"])
    assert client.get(rows).status_code == 200

    seen = AccessEntry.objects.get(action=Access.REVEAL)
    assert (seen.subject, seen.data_class, seen.rows) == (f"{report.pk} members.total", DataClass.BASIC, 1)
    report.texts.update(text="慰问{welfare.hospital:heads}人")
    assert client.get(reverse("admin:annual_report_rows", args=[report.pk, "welfare.hospital"])).status_code == 200
    assert AccessEntry.objects.latest("pk").data_class == DataClass.HEALTH

    monkeypatch.setitem(permissions, "members.view_membership", always_false)

    assert client.get(page(report)).status_code == 200
    assert client.get(rows).status_code == 403


def test_the_rows_of_a_figure_count_that_figure_alone(
    report: AnnualReport, monkeypatch: pytest.MonkeyPatch, django_assert_max_num_queries: Any
) -> None:
    client = signed_in(Role.CHAIR)
    asked: list[str] = []
    count = figures.count

    def counted(wanted: Sequence[FigureRequest]) -> list[Figure]:
        asked.extend(one.key for one in wanted)
        return count(wanted)

    monkeypatch.setattr(figures, "count", counted)
    report.texts.update(text="入会{members.teachers:heads}人")
    for key in ("members.total", "members.teachers"):
        asked.clear()
        with django_assert_max_num_queries(20):
            shown = client.get(reverse("admin:annual_report_rows", args=[report.pk, key]))
        assert shown.status_code == 200
        assert asked == [key]
    assert client.get(reverse("admin:annual_report_rows", args=[report.pk, "welfare.unasked"])).status_code == 404


def test_amounts_have_separators_on_screen_and_none_on_paper(report: AnnualReport) -> None:
    SummaryRecord.objects.create(
        kinds=["welfare.festival.spring"],
        period_start=report.period_start,
        period_end=report.period_end,
        source="2022年统计表",
        heads=1200,
        amount=Decimal("50000.00"),
    )
    client = signed_in(Role.CHAIR)

    shown = client.get(page(report))
    figure = next(
        line["figure"]
        for chapter in shown.context["chapters"]
        for line in chapter["lines"]
        if line["figure"]["kinds"] == ["welfare.festival.spring"]
    )

    assert figure["value"].startswith("1,200人")
    assert figure["value"].endswith("50,000.00元")
    assert written(figure).endswith("50000元")
    assert "50,000.00元" in shown.content.decode()


def test_saving_keeps_the_text_and_marks_numbers_without_a_figure(report: AnnualReport) -> None:
    client = signed_in(Role.ORGANISATION)
    section = first_section(report)
    head = {"title": report.title, "occasion": "", "speaker": "", "signer": "工会", "signed_on": "2023-01-05"}
    typed = {f"text-{section.pk}": "组织讲座37场。", f"closing-{section.pk}": ""} | read(report)

    shown = client.post(page(report), head | typed, follow=True).content.decode()

    assert report.texts.get(section=section).text == "组织讲座37场。"
    assert "<mark>37</mark>" in shown


def test_a_form_error_loses_nothing_that_was_typed(report: AnnualReport) -> None:
    client = signed_in(Role.ORGANISATION)
    section = first_section(report)
    shown = client.post(page(report), {"title": "", f"text-{section.pk}": "写了很久的一段话"})
    assert shown.status_code == 422
    assert "写了很久的一段话" in shown.content.decode()
    assert not report.texts.filter(text="写了很久的一段话").exists()


def step_of(report: AnnualReport, name: str) -> str:
    return reverse(f"admin:annual_report_annualreport_{name}", args=[report.pk])


def test_one_asks_for_the_freeze_and_another_head_confirms_it_once(report: AnnualReport) -> None:
    welfare, chair, vice = signed_in(Role.WELFARE), signed_in(Role.CHAIR), signed_in(Role.VICE_CHAIR)
    chair.post(step_of(report, "submit"))
    assert welfare.post(step_of(report, "freeze")).status_code == 403
    assert chair.post(step_of(report, "freeze")).status_code == 403
    assert "确认定稿</a>" not in chair.get(page(report)).content.decode()
    assert welfare.post(step_of(report, "send_back"), {"why": "漏了一项走访"}).status_code == 302
    welfare.post(step_of(report, "submit"))
    assert "确认定稿</a>" in vice.get(page(report)).content.decode()

    vice.post(step_of(report, "freeze"))
    chair.post(step_of(report, "freeze"))

    report.refresh_from_db()
    assert report.state == ReportState.FREEZING
    assert [move.action for move in report.moves.all()] == ["begin", "submit", "send_back", "submit", "freeze"]
    waiting = chair.get(page(report))
    assert waiting["Refresh"] == "2"
    assert (waiting.context["progress"].done, waiting.context["progress"].total) == (0, 100)


def test_a_frozen_report_hands_out_its_pdf_and_logs_it(report: AnnualReport) -> None:
    chair = signed_in(Role.CHAIR)
    chair.post(step_of(submitted(report), "freeze"))
    render_frozen(report.pk)
    done = jobs.find(progress_key(report.pk))
    assert done is not None
    assert done.done == done.total

    response = chair.get(reverse("admin:annual_report_pdf", args=[report.pk]))

    assert b"".join(response).startswith(b"%PDF")
    assert AccessEntry.objects.filter(action=Access.DOWNLOAD, subject=str(report.pk)).count() == 1
    assert chair.get(page(report)).context["differences"] == []


def test_a_draft_is_previewed_on_paper_and_in_word_marked_and_apart_from_versions(report: AnnualReport) -> None:
    client = signed_in(Role.ORGANISATION)
    step = reverse("admin:annual_report_annualreport_preview_draft", args=[report.pk])
    shown = reverse("admin:annual_report_preview", args=[report.pk])
    assert signed_in(Role.AUDIT).post(step).status_code == 403

    assert client.post(step)["Location"] == shown
    assert client.get(shown)["Refresh"] == "2"
    assert [job.args for job in ProcrastinateJob.objects.filter(task_name=render_preview.name)] == [
        {"report_id": report.pk}
    ]
    render_preview(report.pk)
    render_preview(report.pk)

    assert "Refresh" not in client.get(shown)
    reader = signed_in(Role.AUDIT)
    files = {
        form: b"".join(reader.get(reverse("admin:annual_report_preview_file", args=[report.pk, form])))
        for form in ("pdf", "docx")
    }
    pages = PdfReader(io.BytesIO(files["pdf"])).pages
    assert all("草稿" in page.extract_text() for page in pages)
    assert "草稿" in Document(io.BytesIO(files["docx"])).sections[0].header.paragraphs[0].text
    assert AccessEntry.objects.filter(kind="annual_report.reportpreview", action=Access.DOWNLOAD).count() == 2
    report.refresh_from_db()
    assert (report.state, report.pdf.name, ReportPreview.objects.count()) == (ReportState.DRAFT, "", 1)
    assert client.get(reverse("admin:annual_report_pdf", args=[report.pk])).status_code == 404


def test_saving_may_make_a_preview_of_what_was_just_typed(report: AnnualReport) -> None:
    client = signed_in(Role.ORGANISATION)
    head = {"title": "新的题目", "occasion": "", "speaker": "", "signer": "工会", "signed_on": "2023-01-05"}
    answer = client.post(page(report), {**head, "_preview": ""})
    assert answer["Location"] == reverse("admin:annual_report_preview", args=[report.pk])
    report.refresh_from_db()
    assert report.title == "新的题目"


def test_the_preview_is_gone_when_the_report_is_frozen(report: AnnualReport) -> None:
    chair = signed_in(Role.CHAIR)
    render_preview(report.pk)
    chair.post(step_of(submitted(report), "freeze"))
    address = reverse("admin:annual_report_preview_file", args=[report.pk, "pdf"])
    assert chair.get(address).status_code == 404
    render_frozen(report.pk)
    render_preview(report.pk)

    assert not ReportPreview.objects.exists()
    report.refresh_from_db()
    with report.pdf.open("rb") as frozen:
        assert "草稿" not in PdfReader(frozen).pages[0].extract_text()
    assert chair.post(reverse("admin:annual_report_annualreport_preview_draft", args=[report.pk])).status_code == 422


def test_a_form_that_was_not_ours_is_no_fault_and_saves_nothing(report: AnnualReport) -> None:
    client = signed_in(Role.ORGANISATION)
    for name in (f"text-{2**63}", "text-999999", "text-x", "explain-x\x00"):
        assert client.post(page(report), {"title": report.title, name: "字"}).status_code < 500
    assert not report.texts.filter(text="字").exists()


pytestmark = pytest.mark.django_db
