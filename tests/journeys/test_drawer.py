"""The drawer of a list's filters: opened by an ordinary address, with scripts and without."""

import re

import pytest
from playwright.sync_api import expect

from tests.factories import members as make
from tests.journeys.browsing import DESK, PHONE, Browsers
from tests.journeys.looking import overflow, violations
from union_portal.accounts.enums import Role

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("one_factor")]


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["1440", "390"])
def test_filters_are_opened_chosen_and_put_away(browsers: Browsers, size: dict[str, int]) -> None:
    window = browsers.window(user=make.account_with_role(Role.ORGANISATION), size=size)
    page = window.open("/admin/home/absence/")
    drawer = page.locator("#changelist-filter")
    expect(drawer).to_have_count(0)

    page.locator("#changelist-filter-open").click()
    expect(drawer).to_be_visible()
    expect(drawer.locator(".select2-container").first).to_be_visible()
    assert not violations(page, leaving="#main")
    assert page.url.endswith("/admin/home/absence/?")  # put back by hand or sent on, it shows the list
    page.keyboard.press("Escape")
    expect(drawer).to_be_hidden()
    page.locator("#changelist-filter-open").click()
    drawer.locator(".select2-selection").first.click()
    page.locator(".select2-results__option", has_text="已办理退休").click()
    drawer.get_by_role("button", name="应用筛选").click()
    page.wait_for_url(re.compile("state"))
    assert "_drawer" not in page.url
    expect(drawer).to_have_count(0)
    page.locator("#changelist-filter-open").click()
    expect(drawer.locator(".select2-selection__rendered").first).to_have_text("已办理退休")
    assert overflow(page) <= 0


def test_filters_are_opened_without_scripts(browsers: Browsers) -> None:
    window = browsers.window(user=make.account_with_role(Role.ORGANISATION), javascript=False)
    page = window.open("/admin/home/absence/?q=zw")
    page.locator("#changelist-filter-open").click()
    expect(page.locator("#changelist-filter")).to_be_visible()
    page.locator("#filter-form select[name=state__exact]").select_option(label="待办理")
    page.get_by_role("button", name="应用筛选").click()
    page.wait_for_url(re.compile("q=zw"))
    assert "state__exact=open" in page.url
    expect(page.locator("#changelist-filter")).to_have_count(0)
