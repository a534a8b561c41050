"""A claim from the branch's phone to the insurer's payment, and a batch of 疗休养 from its list to the ledger."""

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page

from tests.factories import claims, ledger, members, recuperation
from tests.factories import rounds as welfare
from tests.journeys.browsing import DESK, PHONE, Browsers, text
from tests.journeys.looking import faults_of
from union_portal.accounts.enums import Role
from union_portal.base.steps import take
from welfare.claims.enums import ClaimState
from welfare.claims.models import Claim, ClaimPaperKind
from welfare.ledger.models import Posting
from welfare.recuperation.services import batches

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("one_factor")]
SIZES = pytest.mark.parametrize("size", [PHONE, DESK], ids=["390", "1440"])


def go(page: Page, button: str) -> None:
    """Open a step's page by its button, which a phone and a wide window show in different places."""
    page.locator("a:visible").filter(has_text=button).first.click()


def press(page: Page, button: str, **fields: str) -> None:
    """Take a step of the page: its button, what it asks, and the button of its own page."""
    go(page, button)
    for name, value in fields.items():
        field = page.locator(f"[name={name}]")
        if field.first.evaluate("one => one.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)
    with page.expect_navigation():
        page.locator("button[type=submit]").filter(has_text=button).last.click()


@SIZES
def test_a_claim_goes_from_the_branch_to_the_insurers_payment(browsers: Browsers, size: dict[str, int]) -> None:
    unit, today = members.branch(), timezone.localdate()
    person = members.member(name="尉迟明远", branch=unit)
    rule = claims.rule(claims.plan(name="住院互助金"), valid_from=dt.date(2020, 1, 1))
    ClaimPaperKind.objects.create(plan=rule.plan, name="出院记录")
    claims.cover(rule.plan, whose=person, on=today - dt.timedelta(days=200))
    chair = members.account_with_role(Role.BRANCH_CHAIR, branches=(unit,))
    officer = welfare.officer()

    window = browsers.window(user=chair, size=size)
    page = window.open(reverse("admin:welfare_claim_add"))
    page.locator(".select2-selection").first.click()
    page.locator(".select2-search__field").last.fill("weichi")
    page.locator(".select2-results__option", has_text=person.name).first.click()
    page.locator("[name=plan]").select_option(str(rule.plan_id))
    for name, days in (("occurred_on", 30), ("ended_on", 18), ("applied_on", 10)):
        page.locator(f"[name={name}]").fill(f"{today - dt.timedelta(days=days)}")
    with page.expect_navigation():
        page.locator("[name=_save]").first.click()
    claim = Claim.objects.get()
    own = reverse("admin:welfare_claim_change", args=[claim.pk])
    page = window.open(own)
    assert "= 360.00 元" in text(page)
    press(page, "提交申请")
    press(window.open(own), "分工会审核通过")

    desk = browsers.window(user=officer, size=size)
    page = desk.open(own)
    go(page, "核对材料")
    page.locator("[name=originals]").first.wait_for()
    for box in page.locator("[name=originals], [name=copies]").all():
        box.check()
    with page.expect_navigation():
        page.locator("button[type=submit]").filter(has_text="核对材料").last.click()
    press(desk.open(own), "报送承保机构", sent_on=f"{today}")
    press(desk.open(own), "登记赔付", paid_on=f"{today}", paid_amount="360")
    claim.refresh_from_db()
    assert (claim.state, claim.paid_amount) == (ClaimState.PAID, Decimal(360))
    found = faults_of(window, [own, reverse("admin:welfare_claim_add")])
    assert not found, "\n".join(found)


@SIZES
def test_a_batch_is_given_away_and_posted(browsers: Browsers, size: dict[str, int]) -> None:
    officer, treasurer = welfare.officer(), welfare.treasurer()
    made = recuperation.batch(starts_on=dt.date(2024, 7, 10), places=1, price="3480")
    for _number in range(2):
        batches.apply(batch=made, person=members.member(), actor=officer)
    own = reverse("admin:welfare_recuperationbatch_change", args=[made.pk])
    window = browsers.window(user=officer, size=size)
    press(window.open(own), "确定名单")
    chosen = made.applications.get(state="chosen")
    take(subject=chosen, action="insure", actor=officer, policy="P1")
    page = window.open(own)
    assert all(words in text(page) for words in ("已定名单", "公示名单", "打印入选名单"))
    press(page, "结束批次")
    found = faults_of(window, [own])
    assert not found, "\n".join(found)

    books = browsers.window(user=treasurer, size=size)
    page = books.open(reverse("admin:index"))
    page.locator(".up-item", has_text="疗休养入账").click()
    press(page, "工会负担入账", fund=str(welfare.fund().pk), account=str(ledger.account().pk))
    assert Posting.objects.get().total == Decimal(3000)
