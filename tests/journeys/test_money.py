"""The union's money by two people: a year, a round approved on paper, an invoice put right, and the auditor's look."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page

from tests.factories import members as make
from tests.factories import papers
from tests.factories import rounds as welfare
from tests.journeys.browsing import Browsers, Window, step, text
from union_portal.accounts.enums import Role
from union_portal.accounts.models import User
from welfare.books.models import FiscalYear
from welfare.ledger.models import Posting
from welfare.purchases.models import Purchase

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("one_factor")]
INVOICE, SUPPLIER, DOCUMENT = "24327000000088", "星湖粮油商贸有限公司", "星院工〔2026〕18号"


def confirm(page: Page) -> None:
    """Send the step's form; the page it leads to is there afterwards."""
    with page.expect_navigation():
        page.locator("form.up-action button.up-button--primary").click()
    assert page.locator("form.up-action").count() == 0, text(page)


def action(page: Page, name: str) -> None:
    """Press an action of a record's page, and wait for the form that it asks."""
    page.get_by_role("link", name=name, exact=True).first.click()
    page.locator("form.up-action").wait_for()


def from_desk(window: Window, item: str) -> Page:
    """Open what waits on the desk."""
    page = window.open(reverse("admin:index"))
    page.locator(".up-item", has_text=item).click()
    return page


def approved_on_paper(clerk: Page, vice: Window, *, approver: User) -> None:
    """Let the clerk enter what the chair signed, and a second account confirm it from the desk."""
    step(clerk, "登记线下审批")
    clerk.locator("[name=approver]").select_option(label=str(approver))
    clerk.locator("[name=approved_on]").fill(f"{timezone.localdate() - dt.timedelta(days=1)}")
    clerk.locator("[name=document]").fill(DOCUMENT)
    scan = {"name": "批件.jpg", "mimeType": "image/jpeg", "buffer": papers.picture()}
    clerk.locator("[name=scan]").set_input_files(scan)  # type: ignore[arg-type]
    confirm(clerk)
    assert "线下审批（待确认）" in text(clerk)
    page = from_desk(vice, "确认线下审批")
    action(page, "确认线下审批")
    assert "确认后即为审批通过" in text(page)
    confirm(page)
    assert "已确认" in text(page)


def invoiced(page: Page, address: str, *, amount: str) -> None:
    """Enter the invoice on the round's page."""
    page.goto(address)
    step(page, "登记发票")
    for name, value in (
        ("supplier", SUPPLIER),
        ("invoice_number", INVOICE),
        ("invoiced_on", f"{timezone.localdate()}"),
        ("quantity", "2"),
        ("amount", amount),
    ):
        page.locator(f"[name={name}]").fill(value)
    confirm(page)


def taken_back(books: Page, vice: Window) -> None:
    """Ask for the reversal from the round's page by way of its posting; another one approves it."""
    books.get_by_role("link", name=str(Posting.objects.get())).click()
    action(books, "undo 申请冲销")
    books.locator("[name=reason]").fill("发票金额录错")
    books.locator("[name=document]").fill(f"发票 {INVOICE}")
    confirm(books)
    # Who asked is not offered the decision.
    assert books.get_by_role("link", name="撤回申请").count() == 1
    assert books.get_by_role("link", name="批准并记账").count() == 0
    page = from_desk(vice, "待审批的记账申请")
    page.locator("#result_list tbody th a").click()
    action(page, "批准并记账")
    confirm(page)
    assert "已记账" in text(page)


def closed(books: Page, base: str, year: FiscalYear) -> None:
    """Close the year, having read what is open in it."""
    books.goto(base + reverse("admin:welfare_fiscalyear_change", args=[year.pk]))
    action(books, "结账")
    assert "未登记正式凭证的台账单 3 张" in text(books)
    confirm(books)
    assert "已结账" in text(books)


def test_money_is_handled_by_two_and_the_auditor_finds_who_prepared_approved_and_paid(browsers: Browsers) -> None:
    clerk, chair, treasurer = welfare.officer(), welfare.chair(), welfare.treasurer()
    second, auditor = make.account_with_role(Role.VICE_CHAIR), make.account_with_role(Role.AUDIT)
    for _number in range(2):
        make.member()
    made = welfare.locked(actor=clerk, name="春节慰问品")
    round_address = browsers.base + reverse("admin:welfare_round_change", args=[made.pk])
    vice, finance = browsers.window(user=second), browsers.window(user=treasurer)

    books = finance.open(reverse("admin:welfare_fiscalyear_add"))
    books.locator("[name=_save]").click()
    books.wait_for_url("**/change/**")
    year = FiscalYear.objects.get()
    assert year.year == timezone.localdate().year

    page = browsers.window(user=clerk).page()
    page.goto(round_address)
    approved_on_paper(page, vice, approver=chair)
    invoiced(books, round_address, amount="1300")
    taken_back(books, vice)
    invoiced(books, round_address, amount="1000")
    assert list(Purchase.objects.order_by("pk").values_list("state", "amount")) == [("void", 1300), ("standing", 1000)]
    closed(books, browsers.base, year)

    looks = browsers.window(user=auditor)
    assert "年度的冲销" in text(looks.open(reverse("admin:index")))
    page = looks.page()
    first, reversal, last = Posting.objects.order_by("number")
    searches = {INVOICE: {first, reversal, last}, SUPPLIER: {first, last}, "春节": {first, last}, "1,300.00": {first}}
    for words, found in {**searches, f"{year.year}-00003": {last}}.items():
        page.goto(f"{browsers.base}{reverse('admin:welfare_posting_changelist')}?q={words}")
        shown = page.locator("#result_list tbody tr").all_inner_texts()
        assert len(shown) == len(found), words
        assert all(any(str(one) in row for row in shown) for one in found), words
    assert f"{chair}（线下）" in shown[0]
    page.locator("#result_list tbody th a").click()
    told = text(page)
    assert all(str(one) in told for one in (clerk, chair, second, treasurer, made)), told
    assert page.locator("input[name=entry]").count() == 0

    page.get_by_role("link", name="查看审批文件").click()
    scan = page.get_by_role("link", name="查看扫描件").get_attribute("href")
    assert page.context.request.get(f"{browsers.base}{scan}").headers["content-type"] == "image/jpeg"
    page.goto(browsers.base + reverse("admin:welfare_fiscalyear_change", args=[year.pk]))
    assert f"结账\n{treasurer}" in text(page)
