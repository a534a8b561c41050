"""登记慰问 over the cap, from a branch chair's phone to the receipt: at most three pages, three, one and one."""

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
from tests.journeys.browsing import DESK, PHONE, Browsers, text
from tests.journeys.looking import faults_of
from union_portal.accounts.enums import Role
from welfare.benefits.models import BenefitRule
from welfare.grants.enums import GrantState
from welfare.grants.models import Grant

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("one_factor")]


@pytest.fixture
def person() -> Person:
    rules = BenefitRule.objects.filter(benefit__code="bereavement", example=False)
    rules.update(standard=Decimal(500), cap=Decimal(1000), cap_basis="per_event", evidence="死亡证明")
    return make.member(name="尉迟明远", branch=make.branch(name="外国语分工会"))


def pick(page: Page, words: str, name: str) -> None:
    """Find somebody by typing."""
    page.locator(".select2-selection").first.click()
    page.locator(".select2-search__field").last.fill(words)
    page.locator(".select2-results__option", has_text=name).first.click()


def send(page: Page, button: str) -> None:
    """Send the form; the case's page is there afterwards."""
    with page.expect_navigation():
        page.get_by_role("button", name=button, exact=True).click()
    page.locator(".up-stepper").wait_for()


def tell(page: Page, person: Person, *, amount: str) -> None:
    """Tell of a parent's death; the rules propose the rest before the page is sent."""
    pick(page, "weichi", person.name)
    page.get_by_label("去世").check()
    page.locator("[name=relation]").select_option("parent")
    page.locator("[name=occurred_on]").fill(f"{timezone.localdate()}")
    page.locator("[name=occurred_on]").press("Tab")
    page.locator("[name=amount]").wait_for()
    assert page.locator("[name=amount]").input_value() == "500.00"
    assert page.locator("[name=form]").input_value() == "cash"
    page.locator("[name=amount]").fill(amount)
    page.locator(".up-cap__over").wait_for()
    scan: Any = {"name": "死亡证明.jpg", "mimeType": "image/jpeg", "buffer": papers.picture()}
    page.locator("[name=papers]").set_input_files(scan)


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["390", "1440"])
def test_a_bereavement_over_the_cap_goes_from_the_branch_to_the_receipt(
    browsers: Browsers, person: Person, size: dict[str, int]
) -> None:
    branch = person.assignments.get().branch
    reporter = make.account_with_role(Role.BRANCH_CHAIR, branches=(branch,))
    officer, chair, treasurer = welfare.officer(), welfare.chair(), welfare.treasurer()

    window = browsers.window(user=reporter, size=size)
    page = window.open(reverse("admin:index"))
    page.locator("main a, #main a").filter(has_text="上报慰问").first.click()
    tell(page, person, amount="1200")
    assert "由生活福利委员受理" in page.locator(".up-confirmation").inner_text()
    send(page, "上报")
    told = text(page)
    assert all(words in told for words in ("已上报", "1,200.00", "等待生活福利委员受理", "死亡证明.jpg")), told

    desk = browsers.window(user=officer, size=size)
    page = desk.open(reverse("admin:index"))
    page.locator(".up-item", has_text=f"受理上报：{person.name}").click()
    page.locator("[name=reason]").fill("家庭特别困难")
    page.locator("[name=document]").fill("工会委员会纪要第3号")
    send(page, "提交审批")
    assert "待审批" in text(page)

    page = browsers.window(user=chair, size=size).open(reverse("admin:index"))
    page.locator(".up-item", has_text=f"审批：{person.name}").click()
    told = text(page)
    assert all(words in told for words in ("1,000.00", "家庭特别困难", "死亡证明.jpg", person.name, "父母")), told
    page.locator("[name=evidence_seen]").check()
    page.locator("[name=warnings_seen]").check()
    send(page, "审批通过")

    books = browsers.window(user=treasurer, size=size)
    page = books.open(reverse("admin:index"))
    page.locator(".up-item", has_text=f"发放：{person.name}").click()
    page.locator("[name=fund]").select_option(str(welfare.fund().pk))
    send(page, "发放并记账")
    made = Grant.objects.get()
    assert (made.state, made.amount, made.approved_by) == (GrantState.RECEIVED, Decimal(1200), chair)
    assert "台账单" in text(page)

    case = reverse("admin:welfare_grant_change", args=[made.pk])
    found = faults_of(window, [reverse("admin:index"), reverse("admin:welfare_grant_add"), case])
    assert not found, "\n".join(found)
