"""慰问申请 on the phone: asked for, returned with a coded reason, put right, confirmed, approved, paid, received."""

import os
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page

from members.people.models import Person
from tests.factories import members as make
from tests.factories import papers
from tests.factories import rounds as welfare
from tests.journeys.browsing import PHONE, Browsers, Window, text
from tests.journeys.looking import faults_of
from union_portal.accounts.enums import Role
from union_portal.accounts.models import User
from welfare.benefits.models import BenefitRule
from welfare.grants.enums import GrantState
from welfare.grants.models import Grant

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("one_factor")]


@pytest.fixture
def person() -> Person:
    BenefitRule.objects.filter(benefit__code="hospital", example=False).update(
        standard=Decimal(500),
        cap=Decimal(1000),
        cap_basis="per_event",
        evidence="出院记录、住院收据",
        claim_length=6,
        claim_unit="months",
    )
    return make.member(name="尉迟明远", branch=make.branch(name="外国语分工会"))


def press(page: Page, button: str) -> None:
    """Send a form; another page is there afterwards."""
    with page.expect_navigation():
        page.get_by_role("button", name=button, exact=True).click()


def scan(name: str) -> Any:
    return {"name": name, "mimeType": "image/jpeg", "buffer": papers.picture()}


def look(window: Window, name: str) -> None:
    """Keep a picture for whoever asked for one."""
    if folder := os.environ.get("PICTURES"):
        window.context.pages[-1].screenshot(path=f"{folder}/{name}.png", full_page=True)


def settle(browsers: Browsers, person: Person, leader: Window, chair: User) -> None:
    """Confirm, take up, approve and pay what was put right, each by whom it waits for."""
    page = leader.open(reverse("admin:index"))
    page.locator(".up-item", has_text=f"审核申请：{person.name}").click()
    assert "出院记录.jpg" in text(page)
    look(leader, "5-confirm")
    press(page, "审核通过并上报")

    page = browsers.window(user=welfare.officer(), size=PHONE).open(reverse("admin:index"))
    page.locator(".up-item", has_text=f"受理上报：{person.name}").click()
    press(page, "提交审批")
    page = browsers.window(user=chair, size=PHONE).open(reverse("admin:index"))
    page.locator(".up-item", has_text=f"审批：{person.name}").click()
    page.locator("[name=evidence_seen]").check()
    press(page, "审批通过")
    books = browsers.window(user=welfare.treasurer(), size=PHONE)
    page = books.open(reverse("admin:index"))
    page.locator(".up-item", has_text=f"发放：{person.name}").click()
    page.locator("[name=fund]").select_option(str(welfare.fund().pk))
    press(page, "发放并记账")
    look(books, "6-paid")


def test_a_members_application_is_returned_put_right_and_paid(browsers: Browsers, person: Person) -> None:
    member = make.account(of=person)
    branch = person.assignments.get().branch
    reporter = make.account_with_role(Role.BRANCH_CHAIR, branches=(branch,))
    chair = welfare.chair()

    phone = browsers.window(user=member, size=PHONE)
    page = phone.open(reverse("home:benefits"))
    page.get_by_role("link", name="申请慰问").click()
    page.get_by_label("住院").check()
    page.locator("[name=occurred_on]").fill(f"{timezone.localdate()}")
    page.locator("[name=occurred_on]").press("Tab")
    page.locator("[name=amount]").wait_for()
    assert page.locator("[name=amount]").input_value() == "500.00"
    told = text(page)
    assert all(words in told for words in ("1,000.00", "申请期限至", "出院记录、住院收据")), told
    page.locator("[name=papers]").set_input_files(scan("收据.jpg"))
    look(phone, "1-apply")
    press(page, "提交申请")
    assert "等待分工会审核" in text(page)

    leader = browsers.window(user=reporter, size=PHONE)
    page = leader.open(reverse("admin:index"))
    page.locator(".up-item", has_text=f"审核申请：{person.name}").click()
    page.get_by_label("缺少证明材料").check()
    page.get_by_label("出院记录").check()
    look(leader, "2-return")
    press(page, "退回补充")
    assert "退回补充" in text(page)

    page = phone.open(reverse("home:start"))
    page.locator(".up-item", has_text="申请：").click()
    told = text(page)
    assert all(words in told for words in ("缺少证明材料", "出院记录", "收据.jpg")), told
    look(phone, "3-returned")
    page.get_by_role("link", name="修改后重新提交").click()
    assert page.locator("[name=amount]").input_value() == "500.00"
    page.locator("[name=papers]").set_input_files(scan("出院记录.jpg"))
    look(phone, "4-amend")
    press(page, "重新提交")

    settle(browsers, person, leader, chair)
    made = Grant.objects.get()
    assert (made.state, made.amount, made.approved_by) == (GrantState.RECEIVED, Decimal(500), chair)
    own = reverse("welfare:application", args=[made.pk])
    page = phone.open(own)
    assert "已领取" in text(page)
    look(phone, "7-received")
    found = faults_of(phone, [own, reverse("welfare:apply")])
    found += faults_of(leader, [reverse("admin:welfare_grant_change", args=[made.pk])])
    assert not found, "\n".join(found)
