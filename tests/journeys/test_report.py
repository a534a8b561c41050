"""The annual report from the draft to the PDF."""

import datetime as dt

import pytest
from django.conf import settings
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from members.people.models import Person
from tests.factories import members as make
from tests.journeys.browsing import Browsers, step
from union_portal.accounts.enums import Role
from union_portal.annual_report.outlines.models import Outline
from union_portal.annual_report.reports.enums import ReportState
from union_portal.annual_report.reports.models import AnnualReport
from union_portal.annual_report.reports.services.drafting import start_report
from union_portal.annual_report.reports.tasks import render_frozen
from union_portal.base.periods import Period

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("one_factor")]
SAID = "全年共有会员{members.total:heads}人，喆昇㛃䶮𬭎同志任组长。"


def work() -> None:
    """Do the one job that waits, as the worker would."""
    job = ProcrastinateJob.objects.get(task_name=render_frozen.name)
    render_frozen(**job.args)


def test_the_chair_follows_a_figure_writes_freezes_and_opens_the_pdf(browsers: Browsers) -> None:
    assert settings.PORTAL_FONTS_DIR.exists(), "the set-up prepares the fonts"
    make.member(on=dt.date(2020, 1, 1), name="陈堃")
    year = Period.year(2022)
    report = start_report(outline=Outline.objects.get(code="summary"), period=year, actor=None)
    window = browsers.window(user=make.account_with_role(Role.CHAIR))
    page = window.open(reverse("admin:annual_report_annualreport_changelist"))
    page.get_by_role("link", name=report.title).click()

    rows = reverse("admin:annual_report_rows", args=[report.pk, "members.total"])
    page.locator(f"a[href='{rows}']").first.click()
    page.get_by_text("截至2022-12-31").first.wait_for()
    shown = page.locator("table.up-report__figures").inner_text()
    assert "陈堃" in shown
    assert str(Person.objects.get().staff_number) in shown
    step(page, "返回报告")

    page.locator("textarea[name^=text-]").first.fill(SAID + "组织讲座37场。")
    page.get_by_role("button", name="保存文字").click()
    page.locator("mark", has_text="37").wait_for()
    page.locator("textarea[name^=text-]").first.fill(SAID)
    page.get_by_role("button", name="保存文字").click()
    page.locator("mark").wait_for(state="detached")
    step(page, "提交定稿")
    page.locator("form.up-action button.up-button--primary").click()
    page.get_by_text("由另一位负责人确认定稿").wait_for()
    assert page.get_by_role("link", name="确认定稿").count() == 0

    window = browsers.window(user=make.account_with_role(Role.VICE_CHAIR))
    page = window.open(reverse("admin:annual_report_annualreport_change", args=[report.pk]))
    step(page, "确认定稿")
    assert report.title in page.locator(".up-confirmation").inner_text()
    page.locator("form.up-action button.up-button--primary").click()
    page.locator("[role=status]", has_text="等待后台处理").wait_for()

    work()
    link = page.get_by_role("link", name="打开 PDF")
    link.wait_for()  # the page looks again by itself
    assert AnnualReport.objects.get(pk=report.pk).state == ReportState.FROZEN
    assert "全年共有会员1人，喆昇㛃䶮𬭎同志任组长。" in page.locator("body").inner_text()
    assert page.locator("textarea").count() == 0
    answer = window.context.request.get(browsers.base + (link.get_attribute("href") or ""))
    assert answer.body().startswith(b"%PDF")
