"""Ninety people of whom eighty-seven collect: ticked at the desk, and on the phone from the sheet's code."""

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page

from members.branches.models import Branch
from members.people import services as register
from tests.factories import members as make
from tests.factories import rounds as welfare
from tests.journeys.browsing import DESK, PHONE, Browsers, Window
from tests.journeys.looking import foreign, overflow, violations
from tests.journeys.people import handed_out
from union_portal.accounts.enums import Role
from welfare.grants.enums import GrantState
from welfare.grants.models import Round
from welfare.rounds.services.reconciling import reconcile
from welfare.sheets.services.codes import sheet_code

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("one_factor")]
PEOPLE, STAY_AWAY = 90, 3


@pytest.fixture
def branches() -> list[Branch]:
    made = [make.branch(name="机关分工会"), make.branch(name="信息工程分工会")]
    for branch in made:
        for _ in range(PEOPLE):
            make.member(branch=branch)
    return made


@pytest.fixture
def made(branches: list[Branch]) -> Round:
    today = timezone.localdate()
    return handed_out(code="spring", price="500", on=today, occasion=f"{today.year}年春节")


def leave_out_and_save(page: Page) -> None:
    """Untick those who did not come, and save once."""
    assert page.locator("[data-tick-count]").inner_text() == f"已勾选 {PEOPLE} / {PEOPLE} 人"
    boxes = page.locator("input[name=grant]")
    for place in range(STAY_AWAY):
        boxes.nth(place * 7).uncheck()
    assert page.locator("[data-tick-count]").inner_text() == f"已勾选 {PEOPLE - STAY_AWAY} / {PEOPLE} 人"
    page.get_by_role("button", name="登记勾选人员领取").click()
    page.get_by_text(f"已登记 {PEOPLE - STAY_AWAY} 人").first.wait_for()
    assert page.locator("input[name=grant]").count() == STAY_AWAY


def sound(page: Page) -> list[str]:
    """Return what is wrong with the page as it stands."""
    wider = [f"{overflow(page)} px wider"] if overflow(page) > 0 else []
    return [*violations(page), *wider, *foreign(page)]


def received(made: Round, branch: Branch) -> int:
    return int(made.grants.filter(branch=branch, state=GrantState.RECEIVED).count())


def by_the_officer(window: Window, made: Round, branch: Branch) -> None:
    page = window.open(reverse("admin:welfare_round_change", args=[made.pk]))
    page.locator(".up-buttons").get_by_role("link", name="登记领取").click()
    page.get_by_role("link", name=branch.name).click()
    page.get_by_role("link", name="全部勾选").click()
    leave_out_and_save(page)
    assert sound(page) == []


def by_the_branchs_chair(window: Window, made: Round, branch: Branch) -> None:
    page = window.open(reverse("welfare:sheet", args=[sheet_code(round_id=made.pk, branch_id=branch.pk)]))
    leave_out_and_save(page)
    assert sound(page) == []
    page.get_by_role("link", name=f"已领取 {PEOPLE - STAY_AWAY}").click()
    page.locator("input[name=grant]").first.check()
    page.locator("[name=why]").fill("勾错行")
    page.get_by_role("button", name="撤销勾选人员的领取").click()
    page.get_by_text("已撤销 1 人的领取").first.wait_for()
    assert sound(page) == []


def test_ninety_people_of_whom_eighty_seven_collect(browsers: Browsers, made: Round, branches: list[Branch]) -> None:
    first, second = branches
    by_the_officer(browsers.window(user=welfare.officer(), size=DESK), made, first)
    assert received(made, first) == PEOPLE - STAY_AWAY

    head = make.account_with_role(Role.BRANCH_CHAIR, branches=(second,))
    by_the_branchs_chair(browsers.window(user=head, size=PHONE), made, second)
    assert received(made, second) == PEOPLE - STAY_AWAY - 1

    waiting = made.grants.filter(branch=second, state=GrantState.DUE).exclude(moves__action="undo_receive")[0]
    phone = browsers.window(user=register.link_account(person=waiting.person), size=PHONE, javascript=False).open("/")
    phone.locator("section[aria-labelledby=due]").get_by_role("link").first.click()
    phone.get_by_role("button", name="我已领取").click()
    phone.get_by_text("已记下您的确认").wait_for()
    assert received(made, second) == PEOPLE - STAY_AWAY
    assert reconcile(round_=made).balances
