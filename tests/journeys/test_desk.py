"""An officer's way through the desk, at both sizes: search, 新建, a list and its saved filter, the folded rest."""

import re

import pytest
from playwright.sync_api import expect

from tests.factories import members as make
from tests.journeys.browsing import DESK, PHONE, Browsers
from tests.journeys.looking import overflow, violations
from union_portal.accounts.enums import Role
from union_portal.home.desk.models import SavedFilter

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("one_factor")]


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["1440", "390"])
def test_what_is_looked_for_is_one_box_away_and_what_is_begun_one_button(
    browsers: Browsers, size: dict[str, int]
) -> None:
    somebody, other = make.member(name="张伟", staff_number="20200001"), make.member(name="程志婉")
    window = browsers.window(user=make.account_with_role(Role.ORGANISATION, Role.WELFARE), size=size)
    page = window.open("/admin/")

    page.locator(".up-search").click()
    page.locator("#search-input-command").press_sequentially("zw")
    found = page.locator("#command-results li")
    expect(found).to_have_count(2)
    expect(found.first).to_contain_text(somebody.name)
    assert not violations(page, leaving="#main")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/members/person/{somebody.pk}/change/")
    expect(page.locator("h1.up-trail__here")).to_have_text(str(somebody))

    page.locator(".up-new > summary", has_text="新建").click()
    page.locator(".up-new__list a", has_text="新建发放批次").click()
    page.wait_for_url("**/welfare/round/add/")

    page.goto(f"{browsers.base}/admin/members/person/?q=zw")
    page.locator(".up-keep > summary").click()
    page.locator(".up-keep input[name=name]").fill("我常找的")
    page.locator(".up-keep button", has_text="保存").click()
    expect(page.locator("body")).to_contain_text("已保存常用筛选")
    page.goto(f"{browsers.base}/admin/members/person/")
    page.locator(".up-keep > summary").click()
    page.locator(".up-kept a", has_text="我常找的").click()
    page.wait_for_url(re.compile(r"\?q=zw$"))
    expect(page.locator("#result_list tbody tr")).to_have_count(2)
    expect(page.locator("#result_list")).to_contain_text(other.name)
    assert SavedFilter.objects.get().asked == "q=zw"
    assert overflow(page) <= 0

    if size is PHONE:
        page.locator(".up-bar__menu--narrow").click()
    page.locator("details.up-places > summary").click()
    page.locator("details.up-places a", has_text="代表大会").click()
    page.wait_for_url("**/congress/session/")
    expect(page.locator("details.up-places")).to_have_attribute("open", "")
