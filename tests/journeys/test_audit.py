"""The auditor's look: a check on the phone, its rows asked about, answered at the desk, judged, the audit concluded."""

import os

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page

from tests.factories import members as make
from tests.journeys.browsing import PHONE, Browsers, Window, text
from tests.welfare.audit import planting
from union_portal.accounts.enums import Role
from welfare.audit.enums import AuditState, FindingState
from welfare.audit.models import Audit, AuditFinding

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("one_factor")]
QUESTION = "一笔住院慰问没有核对材料，请补齐并说明"


def snap(page: Page, name: str) -> None:
    if folder := os.environ.get("SNAPS"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)


def sent(page: Page) -> None:
    """Send the form of a page or of a step."""
    with page.expect_navigation():
        page.locator("form button.up-button--primary").last.click()


def stepped(page: Page, name: str, **told: str) -> None:
    """Take a step of the finding or the audit."""
    page.get_by_role("link", name=name, exact=True).first.click()
    form = page.locator("form.up-action")
    form.wait_for()
    for field, words in told.items():
        page.locator(f"[name={field}]").fill(words)
    snap(page, f"step-{name}")
    with page.expect_navigation():
        form.locator("button.up-button--primary").click()


def asked(phone: Window) -> None:
    """Walk on the phone from the desk's menu to the fault, tick it and ask."""
    page = phone.open(f"{reverse('welfare:audit')}?year=2024")
    snap(page, "phone-checks")
    page.get_by_role("link", name="缺少证明材料").click()
    page.locator("#matters").wait_for()
    snap(page, "phone-rows")
    assert "没有核对：住院收费票据、出院记录" in text(page)
    page.locator("[name=ref]").check()
    with page.expect_navigation():
        page.get_by_role("button", name="就所选提出问题").click()
    page.locator("[name=text]").fill(QUESTION)
    page.locator("[name=asked_of]").select_option("welfare")
    page.locator("[name=due_on]").fill("2099.6.30")
    snap(page, "phone-ask")
    sent(page)
    assert "问题已提出" in text(page)
    snap(page, "phone-finding")


def test_a_fault_is_asked_about_answered_and_judged_and_the_audit_concluded(browsers: Browsers) -> None:
    planting.school()
    planting.evidence()
    auditor, officer = (make.account_with_role(role) for role in (Role.AUDIT, Role.WELFARE))
    asked(browsers.window(user=auditor, size=PHONE))
    finding = AuditFinding.objects.get()

    desk = browsers.window(user=officer).open(reverse("admin:index"))
    desk.locator(".up-item", has_text="待答复的审查问题").click()
    desk.locator("#result_list tbody th a").first.click()
    snap(desk, "desk-finding")
    stepped(desk, "答复", answer="票据和出院记录已补核")
    finding.refresh_from_db()
    assert finding.state == FindingState.ANSWERED
    assert desk.get_by_role("link", name="确认已整改").count() == 0

    own = browsers.window(user=auditor)
    page = own.open(f"{reverse('welfare:audit')}?year=2024")
    snap(page, "desk-checks")
    page.get_by_role("link", name="缺少证明材料").click()
    page.locator("#matters").wait_for()
    snap(page, "desk-rows")
    page.get_by_role("link", name="已提出：待复核").click()
    stepped(page, "确认已整改")
    finding.refresh_from_db()
    assert finding.state == FindingState.SETTLED
    page = own.open(reverse("admin:welfare_audit_add"))
    page.locator("[name=title]").fill("2024年度工会经费审查")
    page.locator("[name=starts_on]").fill("2024-01-01")
    page.locator("[name=ends_on]").fill("2024-12-31")
    snap(page, "desk-audit-add")
    with page.expect_navigation():
        page.locator("[name=_save]").click()
    snap(page, "desk-audit")
    stepped(page, "出具意见", concluded_on=f"{timezone.localdate()}", opinion="基本合规")
    snap(page, "desk-audit-concluded")
    assert Audit.objects.get().state == AuditState.CONCLUDED
    assert "缺少证明材料 1 件" in text(page)
