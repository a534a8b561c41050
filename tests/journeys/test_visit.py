"""走访 on a branch chair's phone, its money asked for at the desk; birthdays go on from month to month."""

from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page

from tests.factories import members as make
from tests.factories import rounds as welfare
from tests.journeys.browsing import DESK, PHONE, Browsers
from union_portal.accounts.enums import Role
from welfare.benefits.models import Occasion
from welfare.grants.models import Round
from welfare.payouts.enums import PayoutState
from welfare.rosters.services.selection import Selection
from welfare.visits.models import Visit

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("one_factor")]


def choose(page: Page, field: str, words: str, label: str) -> None:
    """Pick a value by typing, or from a short list."""
    page.locator(f"[name={field}] + .select2-container .select2-selection").click()
    page.locator(".select2-search__field").last.fill(words)
    page.locator(".select2-results__option", has_text=label).first.click()


def test_a_visit_is_entered_on_the_phone_on_one_page_and_waits_at_the_desk(browsers: Browsers) -> None:
    branch = make.branch(name="外国语分工会")
    make.member(name="尉迟明远", branch=branch)
    chair = make.account_with_role(Role.BRANCH_CHAIR, branches=(branch,))
    page = browsers.window(user=chair, size=PHONE).open(reverse("admin:welfare_visit_add"))
    choose(page, "kind", "伤病", "伤病住院必访")
    choose(page, "person", "weichi", "尉迟明远")
    page.locator("[name=gift]").fill("水果")
    page.locator("[name=amount]").fill("200")
    page.get_by_role("button", name="保存", exact=True).click()
    page.get_by_text("待主席、副主席或财务批准并记账。").wait_for()
    made = Visit.objects.get()
    assert (made.branch, made.amount, made.visited_on) == (branch, Decimal(200), timezone.localdate())

    page = browsers.window(user=welfare.chair(), size=DESK).open(reverse("admin:index"))
    page.locator(".up-item", has_text="走访").click()
    page.get_by_role("link", name="尉迟明远").first.click()
    page.get_by_role("link", name="批准并记账").first.click()
    page.get_by_text("申请列支 200.00 元。").wait_for()
    page.get_by_role("link", name="返回，不作修改").click()
    page.get_by_text("待主席、副主席或财务批准并记账。").wait_for()
    made.refresh_from_db()
    assert made.state == PayoutState.ASKED


def test_birthdays_go_on_with_the_months_that_follow(browsers: Browsers) -> None:
    clerk = welfare.officer()
    occasion = Occasion.objects.create(code="2024-birthday", name="2024年生日", year=2024)
    first = welfare.draft(
        code="birthday",
        occasion=occasion,
        selection=Selection(birth_months=(1,)),
        actor=clerk,
        name="2024年1月生日蛋糕券",
    )
    for size in (DESK, PHONE):
        page = browsers.window(user=clerk, size=size).open(reverse("admin:welfare_round_repeat", args=[first.pk]))
        page.locator("[name=times]").fill("2" if size == DESK else "4")
        page.locator("form.up-action button.up-button--primary").click()
        page.get_by_text("个草稿").first.wait_for()
    names = [str(one) for one in Round.objects.order_by("pk")]
    assert names == [f"2024年{month}月生日蛋糕券" for month in range(1, 6)]
