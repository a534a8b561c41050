"""A purchase from request to stock, and a drive from its gifts to their use: each by two people, at both widths."""

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page

from tests.factories import donations
from tests.factories import rounds as welfare
from tests.journeys.browsing import DESK, PHONE, Browsers, Window, text
from tests.journeys.looking import faults_of
from union_portal.base.steps import record
from welfare.donations.models import DonationDrive
from welfare.ledger.models import Posting
from welfare.procurement.models import Procurement, ProcurementThreshold

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("one_factor")]
BOTH = pytest.mark.parametrize("size", [PHONE, DESK], ids=["390", "1440"])


def fill(page: Page, **values: str) -> None:
    """Fill in fields by name; a list that is searched by typing is chosen from."""
    for name, value in values.items():
        field = page.locator(f"[name={name}]")
        if field.evaluate("one => one.classList.contains('admin-autocomplete')"):
            page.locator(f"select[name={name}] + .select2 .select2-selection").click()
            page.locator(".select2-search__field").last.fill(value)
            page.locator(".select2-results__option", has_text=value).first.click()
        elif field.evaluate("one => one.tagName") == "SELECT":
            field.select_option(label=value)
        else:
            field.fill(value)


def step(page: Page, name: str) -> None:
    """Press what the record's page offers; on a phone the theme folds it away."""
    page.get_by_role("link", name=name).first.click()


def save(page: Page) -> None:
    """Send a form of the desk."""
    with page.expect_navigation():
        page.locator("[name=_save]").click()
    assert page.locator(".errornote, .up-errors").count() == 0, text(page)


def take(page: Page, button: str, **values: str) -> None:
    """Take a step: its page asks, and leads back."""
    step(page, button)
    fill(page, **values)
    with page.expect_navigation():
        page.locator("form.up-action button.up-button--primary").click()
    assert page.locator("form.up-action").count() == 0, text(page)


def from_desk(window: Window, item: str) -> Page:
    """Open the first row of the list that waits on the desk."""
    page = window.open(reverse("admin:index"))
    page.locator(".up-item", has_text=item).click()
    page.locator("#result_list tbody th a").first.click()
    return page


@BOTH
def test_a_purchase_goes_from_the_request_to_the_store(browsers: Browsers, size: dict[str, int]) -> None:
    today = timezone.localdate()
    source = {"source": "本校工会采购办法", "valid_from": today.replace(month=1, day=1)}
    record(ProcurementThreshold(amount_from=Decimal(10_000), quotes=1, contract=True, **source), actor=None)
    desk = browsers.window(user=welfare.officer(), size=size)
    page = desk.open(reverse("admin:welfare_procurement_add"))
    told = {"title": "端午粽子", "item": "食品", "spec": "八只装", "quantity": "300", "amount": "24000"}
    fill(page, **told, supplier="星湖粮油", decided_on=f"{today}", fund="工会经费", account="其他活动支出")
    save(page)
    assert "报价不足 1 份、合同" in text(page)
    own = page.url

    chair = browsers.window(user=welfare.chair(), size=size)
    page = from_desk(chair, "待批准的采购")
    assert "补齐后再批准" in text(page)
    clerk = desk.open(reverse("admin:index"))
    clerk.goto(own)
    step(clerk, "登记报价")
    fill(clerk, supplier="星湖粮油", quoted_on=f"{today}", amount="24000")
    save(clerk)
    page.reload()
    take(page, "批准采购")
    assert "待验收" in text(page)

    clerk.goto(own)
    fill(clerk, contract="HT-2026-7")
    save(clerk)
    clerk.goto(own)
    take(clerk, "登记验收", accepted_on=f"{today}", accepted_by="仓库管理员", quantity="298")
    step(clerk, "登记采购发票")
    fill(clerk, number="24327000000099", issued_on=f"{today}", amount="23840")
    save(clerk)
    step(clerk, "登记物品出入库")
    fill(clerk, moved_on=f"{today}", quantity="120", whom="机关分工会")
    save(clerk)

    books = browsers.window(user=welfare.treasurer(), size=size)
    page = from_desk(books, "待批准的采购发票列支")
    take(page, "批准并记账", posted_on=f"{today}")
    made = Procurement.objects.get()
    assert (Posting.objects.get().total, made.left()) == (Decimal(23_840), 178)
    addresses = [reverse(f"admin:welfare_procurement_{name}") for name in ("add", "changelist")]
    found = faults_of(desk, [*addresses, reverse("admin:welfare_procurement_change", args=[made.pk])])
    assert not found, "\n".join(found)


@BOTH
def test_a_drive_goes_from_its_gifts_to_their_use(browsers: Browsers, size: dict[str, int]) -> None:
    today = timezone.localdate()
    drive = donations.drive(title="慈善一日捐", on=today - dt.timedelta(days=9))
    own = browsers.base + reverse("admin:welfare_donationdrive_change", args=[drive.pk])
    desk, chair = browsers.window(user=welfare.officer(), size=size), browsers.window(user=welfare.chair(), size=size)
    page = desk.open(reverse("admin:index"))
    page.goto(own)
    step(page, "登记捐赠明细")
    fill(page, donor="文学院", given_on=f"{today}", givers="40", amount="8000")
    save(page)
    step(page, "登记善款入账")
    fill(page, document="进账单 7", amount="8000")
    save(page)
    step(page, "登记善款使用")
    fill(page, recipient="青山小学", purpose="购置图书", document="会议纪要", amount="5000")
    save(page)
    for waiting, account in (("待批准的善款入账列支", "其他收入"), ("待批准的善款使用列支", "其他支出")):
        page = from_desk(chair, waiting)
        take(page, "批准并记账", account=account, posted_on=f"{today}")
    assert sorted(Posting.objects.values_list("total", flat=True)) == [Decimal(5000), Decimal(8000)]
    page = desk.open(reverse("admin:index"))
    page.goto(own)
    assert "入账 8,000.00 元，使用 5,000.00 元，尚可使用 3,000.00 元" in text(page)
    assert not faults_of(desk, [own.removeprefix(browsers.base)])
    assert DonationDrive.objects.get().collected() == 8000
