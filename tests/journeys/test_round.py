"""A festival round from the draft to the member's phone: one prepares, one approves, one posts, each in a browser."""

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page

from members.people import services as register
from tests.factories import members as make
from tests.factories import rounds as welfare
from tests.journeys.browsing import PHONE, Browsers, Window, step
from union_portal.accounts.enums import Role
from union_portal.accounts.models import User
from welfare.benefits.models import Occasion
from welfare.grants.enums import GrantState, RoundState
from welfare.grants.models import Round
from welfare.ledger.models import LedgerEntry, Posting

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("one_factor")]
PEOPLE = 5


@pytest.fixture
def clerk() -> User:
    return welfare.officer()


@pytest.fixture
def chair() -> User:
    return welfare.chair()


@pytest.fixture
def occasion() -> Occasion:
    today = timezone.localdate()
    return Occasion.objects.create(code="spring-now", name=f"{today.year}年春节", year=today.year, day=today)


def round_page(window: Window, round_: Round) -> Page:
    """Open the round's page in this window."""
    return window.open(reverse("admin:welfare_round_change", args=[round_.pk]))


def begin(window: Window, *, code: str, occasion: Occasion) -> Page:
    """Fill in the form of a new round, as the officer does."""
    page = window.open(reverse("admin:welfare_round_add"))
    for field, label, key in (
        ("benefit", str(welfare.benefit(code)), welfare.benefit(code).pk),
        ("occasion", str(occasion), occasion.pk),
        ("fund", str(welfare.fund()), welfare.fund().pk),
    ):
        choose(page, field, label, key)
    page.locator("[name=cut_off_on]").fill(f"{timezone.localdate():%Y-%m-%d}")
    page.keyboard.press("Escape")
    page.locator("[name=_save]").first.click()
    page.locator(".up-stepper").wait_for()
    return page


def choose(page: Page, field: str, label: str, key: int) -> None:
    """Pick a value in a field that searches while one types."""
    page.locator(f".field-{field} .select2-selection").click()
    page.locator(".select2-search__field").last.fill(label[:6])
    page.locator(".select2-results__option", has_text=label).first.click()
    assert page.locator(f"[name={field}]").input_value() == str(key)


def press(page: Page, button: str) -> str:
    """Press a step, read what it says will happen, and confirm; return what was said."""
    step(page, button)
    page.locator("form.up-action").wait_for()
    return page.locator(".up-confirmation").inner_text() if page.locator(".up-confirmation").count() else ""


def confirm(page: Page) -> None:
    """Confirm the step; the round's page comes back."""
    page.locator("form.up-action button.up-button--primary").click()
    page.locator(".up-stepper").wait_for()


def prepared(browsers: Browsers, clerk: User, *, code: str, occasion: Occasion) -> Page:
    """Take a round from the empty form to its submission."""
    page = begin(browsers.window(user=clerk), code=code, occasion=occasion)
    assert f"锁定 {PEOPLE} 人的名册" in press(page, "锁定名册")
    confirm(page)
    press(page, "确定单价")
    page.locator("[name=unit_price]").fill("500")
    page.locator("[name=handed_out_on]").fill(f"{timezone.localdate():%Y-%m-%d}")
    page.locator("[name=goods]").fill("米面油")
    confirm(page)
    assert f"将为 {PEOPLE} 名会员生成享受记录，合计 2,500.00 元" in press(page, "提交审批")
    confirm(page)
    assert page.get_by_role("link", name="审批通过").count() == 0
    return page


def approve(browsers: Browsers, chair: User) -> Page:
    """Let the second person find the round on the desk and approve it."""
    page = browsers.window(user=chair).open(reverse("admin:index"))
    page.locator(".up-item", has_text="审批").click()
    said = press(page, "审批通过")
    assert "2,500.00" in said
    confirm(page)
    return page


def posting(browsers: Browsers, treasurer: User) -> Page:
    """Let finance find the approved round on the desk."""
    page = browsers.window(user=treasurer).open(reverse("admin:index"))
    page.locator(".up-item", has_text="记账").click()
    page.locator(".up-stepper").wait_for()
    return page


def test_a_spring_festival_round_goes_from_the_draft_to_the_members_phone(
    browsers: Browsers, clerk: User, chair: User, occasion: Occasion
) -> None:
    people = [make.member() for _ in range(PEOPLE)]
    page = prepared(browsers, clerk, code="spring", occasion=occasion)
    approve(browsers, chair)
    made = Round.objects.get()
    assert made.state == RoundState.APPROVED

    page.reload()
    assert page.get_by_role("link", name="登记发票").count() == 0
    books = posting(browsers, welfare.treasurer())
    press(books, "登记发票")
    for name, value in (("supplier", "供销超市"), ("invoice_number", "1"), ("quantity", "5"), ("amount", "2500")):
        books.locator(f"[name={name}]").fill(value)
    books.locator("[name=invoiced_on]").fill(f"{timezone.localdate():%Y-%m-%d}")
    confirm(books)
    page.reload()
    step(page, "登记领取")
    page.get_by_role("link", name="全部勾选").click()
    page.locator("form[data-ticks] .select2-selection").click()
    page.locator(".select2-search__field").last.fill(people[0].name)
    page.locator(".select2-results__option", has_text=people[0].staff_number or "").first.click()
    page.get_by_role("button", name="登记勾选人员领取").click()
    page.get_by_text("全部已领取").wait_for()
    step(page, "批次页面")
    assert made.grants.filter(state=GrantState.RECEIVED, received_by=people[0]).count() == PEOPLE
    sums = page.locator("section.up-card", has_text="核对").inner_text()
    assert sums.count("2,500.00") >= 3
    press(page, "办结批次")
    confirm(page)
    made.refresh_from_db()
    assert made.state == RoundState.CLOSED

    account = register.link_account(person=people[1])
    phone = browsers.window(user=account, size=PHONE).open("/")
    came = phone.locator("section[aria-labelledby=came]").inner_text()
    assert occasion.name in came
    assert "500.00" in came


def test_a_cash_round_posted_from_two_browsers_at_once_is_posted_once(
    browsers: Browsers, clerk: User, chair: User, occasion: Occasion
) -> None:
    people = [make.member() for _ in range(PEOPLE)]
    prepared(browsers, clerk, code="special_group", occasion=occasion)
    approve(browsers, chair)
    made, treasurer = Round.objects.get(), make.account_with_role(Role.FINANCE)
    pages = [round_page(browsers.window(user=user), made) for user in (treasurer, treasurer)]
    for page in pages:
        press(page, "记入台账")
    buttons = [page.locator("form.up-action button.up-button--primary") for page in pages]
    for button in buttons:
        # Both requests leave before either answer is awaited.
        button.click(no_wait_after=True)
    for page in pages:
        page.locator(".up-stepper").wait_for()
    assert Posting.objects.count() == 1
    assert LedgerEntry.objects.count() == PEOPLE
    assert str(Posting.objects.get()) in pages[0].locator("body").inner_text()

    account = register.link_account(person=people[0])
    phone = browsers.window(user=account, size=PHONE).open("/")
    assert "500.00" in phone.locator("section[aria-labelledby=came]").inner_text()
