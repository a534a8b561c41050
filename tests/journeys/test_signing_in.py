"""The first sign-in on a phone, and the staff's second factor."""

import pytest
from django.urls import reverse
from django.utils import timezone

from members.people import services as people
from tests.factories import members as make
from tests.factories.accounts import PASSWORD, officer
from tests.journeys.browsing import PHONE, Browsers, code_of, step
from tests.journeys.people import CARD, IDENTITY, MOBILE, handed_out, member_with_benefits
from union_portal.accounts.enums import Role
from union_portal.accounts.services import issue_code

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
NEW = "mountain-river-2024"


@pytest.mark.parametrize("javascript", [True, False], ids=["with script", "without script"])
def test_a_member_opens_the_account_on_a_phone_and_sees_what_came_and_what_is_due(
    browsers: Browsers, javascript: bool
) -> None:
    year = timezone.localdate().year
    person = member_with_benefits()
    account = people.link_account(person=person)
    code = issue_code(user=account, issued_by=None)

    page = browsers.window(size=PHONE, javascript=javascript).open("/")
    page.get_by_role("link", name="首次登录").click()
    page.locator("[name=staff_number]").fill(account.staff_number)
    page.locator("[name=code]").fill(code)
    page.locator("[name=password]").fill(NEW)
    page.locator("[name=again]").fill(NEW)
    step(page, "设置密码并登录")

    page.get_by_role("heading", name="林知远").wait_for()
    due = page.locator("section[aria-labelledby=due]").inner_text()
    came = page.locator("section[aria-labelledby=came]").inner_text()
    assert "还剩 12 天" in page.locator("section[aria-labelledby=holds]").inner_text()
    assert f"{year}年国庆节" in due
    assert f"{year}年春节" in came
    assert "500.00" in came
    assert f"{year - 1}年" not in came

    page.get_by_role("link", name="福利", exact=True).click()
    page.get_by_role("link", name=str(year - 1), exact=True).click()
    assert f"{year - 1}年中秋节" in page.locator("main").inner_text()
    assert "400.00" in page.locator("main").inner_text()

    page.get_by_role("link", name="我的", exact=True).click()
    own = page.locator("main").inner_text()
    assert "信息工程分工会" in own
    assert MOBILE[-4:] in own
    assert not [number for number in (MOBILE, CARD, IDENTITY) if number in page.content()]


def test_an_officer_sets_up_the_second_factor_before_the_desk_opens(browsers: Browsers) -> None:
    make.member()
    handed_out(code="spring", price="500", on=timezone.localdate(), occasion="春节")
    clerk = officer(Role.WELFARE, second_factor=False)

    page = browsers.window().open(reverse("admin:index"))
    page.locator("[name=login]").fill(clerk.staff_number)
    page.locator("[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="登录", exact=True).click()
    page.get_by_role("heading", name="设置二次验证").wait_for()
    secret = page.locator("code").inner_text()
    page.locator("[name=code]").fill(code_of(secret))
    page.locator("form.up-card button").click()
    page.wait_for_url("**/recovery-codes/**")
    assert page.locator("ul code").count() == 10
    page.locator("a.up-button--primary").click()
    page.locator("section[aria-labelledby=due] .up-item", has_text="发放并办结：春节").wait_for()

    again = browsers.window().open(reverse("admin:index"))
    again.locator("[name=login]").fill(clerk.staff_number)
    again.locator("[name=password]").fill(PASSWORD)
    again.get_by_role("button", name="登录", exact=True).click()
    again.wait_for_url("**/2fa/authenticate/**")
    again.goto(browsers.base + reverse("admin:index"))
    again.wait_for_url("**/accounts/**")
