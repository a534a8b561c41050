"""A report is never left being frozen or previewed: whatever became of its job, the screen leads on."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests import workers
from tests.factories.members import account_with_role, member
from tests.factories.reports import started, submitted
from union_portal.accounts.enums import Role
from union_portal.annual_report.reports import tasks
from union_portal.annual_report.reports.enums import ReportState
from union_portal.annual_report.reports.models import AnnualReport
from union_portal.annual_report.reports.services.freezing import progress_key
from union_portal.base.models import JobProgress

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shared_rows", "one_factor")]


@pytest.fixture(scope="module")
def report(one_data_set: Any) -> AnnualReport:
    member(on=dt.date(2020, 1, 1))
    return submitted(started())


@pytest.fixture(scope="module")
def chair(one_data_set: Any) -> Client:
    client = Client()
    client.force_login(account_with_role(Role.CHAIR))
    return client


def step(chair: Client, report: AnnualReport, name: str) -> str:
    address = reverse(f"admin:annual_report_annualreport_{name}", args=[report.pk])
    return chair.post(address, follow=True).content.decode()


def test_a_report_is_taken_back_only_while_no_living_job_holds_it(report: AnnualReport, chair: Client) -> None:
    page = reverse("admin:annual_report_annualreport_change", args=[report.pk])
    step(chair, report, "freeze")
    worker = workers.heard_of()
    assert "退回待确认" not in chair.get(page).content.decode()
    workers.at_work(lock=progress_key(report.pk), worker=worker)
    step(chair, report, "give_up")
    report.refresh_from_db()
    assert report.state == ReportState.FREEZING

    workers.killed(worker)
    assert "退回待确认" in chair.get(page).content.decode()
    assert "已退回待确认" in step(chair, report, "give_up")
    report.refresh_from_db()
    assert (report.state, report.snapshot) == (ReportState.SUBMITTED, None)
    # The lost job comes back later and finds nothing to do.
    tasks.render_frozen(report.pk)
    step(chair, report, "freeze")
    report.refresh_from_db()
    assert report.state == ReportState.FREEZING


def test_a_preview_whose_job_was_lost_is_offered_again(report: AnnualReport, chair: Client) -> None:
    shown = reverse("admin:annual_report_preview", args=[report.pk])
    step(chair, report, "preview_draft")
    worker = workers.heard_of()
    workers.at_work(lock=tasks.preview_key(report.pk), worker=worker)
    JobProgress.objects.update(updated_at=timezone.now() - dt.timedelta(minutes=5))
    assert "生成预览</a>" not in chair.get(shown).content.decode()
    workers.killed(worker)
    lost = chair.get(shown)
    assert "Refresh" not in lost
    assert "后台任务中断" in lost.content.decode()
    assert "生成预览</a>" in lost.content.decode()
