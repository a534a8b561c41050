"""A budget from its review to the statement: three people at the desk, and the same on a phone."""

from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page

from tests.factories import ledger
from tests.factories import members as make
from tests.journeys.browsing import PHONE, Browsers, text
from tests.journeys.looking import overflow
from tests.journeys.test_money import action, confirm
from union_portal.accounts.enums import Role
from welfare.books.models import Book, Fund, LedgerAccount
from welfare.fund.models import Budget, BudgetAdjustment
from welfare.ledger.enums import PostingKind
from welfare.ledger.services import posting as service

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("one_factor")]
STATEMENT = reverse("welfare:fund_statement")


def spent(amount: str, *, under: str) -> None:
    """Post what was spent today."""
    today, fund = timezone.localdate(), Fund.objects.get(code="UNION")
    line = service.EntryLine(LedgerAccount.objects.get(code=under), fund, Decimal(amount), today)
    service.post(
        book=fund.book,
        posted_on=today,
        kind=PostingKind.PURCHASE,
        summary="文体活动用品",
        entries=[line],
        approval=ledger.approval(),
        source_key=f"journey:{under}",
    )


def filled(page: Page, **values: str) -> None:
    """Fill the fields of a step's form, and send it."""
    for name, value in values.items():
        page.locator(f"[name={name}]").fill(value)
    confirm(page)


def test_a_budget_is_reviewed_adopted_adjusted_and_stated(browsers: Browsers) -> None:
    today = timezone.localdate()
    budget = ledger.budget(book=Book.objects.get(code="UNION"), year=today.year, _50102="1000.00", _402="5000.00")
    spent("1200.00", under="50102")
    page = reverse("admin:welfare_budget_change", args=[budget.pk])
    finance, audit, chair = (make.account_with_role(role) for role in (Role.FINANCE, Role.AUDIT, Role.CHAIR))

    audits = browsers.window(user=audit).open(page)
    action(audits, "登记经审审查")
    filled(audits, reviewed_on=f"{today}")
    chairs = browsers.window(user=chair).open(page)
    action(chairs, "登记通过")
    filled(chairs, adopted_on=f"{today}", decision="会员代表大会决议")
    assert Budget.objects.get().adopted_on == today

    desk = browsers.window(user=finance)
    books = desk.open(page)
    assert "超预算" in text(books), text(books)
    assert "-200.00" in text(books)
    line = budget.lines.get(account__code="50102")
    books.goto(desk.base + reverse("admin:welfare_budgetline_change", args=[line.pk]))
    books.get_by_role("link", name="登记预算调整").first.click()
    for name, value in (("amount", "500"), ("decided_on", f"{today}"), ("decision", "委员会会议纪要")):
        books.locator(f"[name={name}]").fill(value)
    with books.expect_navigation():
        books.locator("[name=_save]").first.click()
    assert BudgetAdjustment.objects.get().amount == Decimal(500)
    books.goto(desk.base + page)
    assert "300.00" in text(books)
    assert "超预算" not in text(books)

    books.goto(desk.base + STATEMENT)
    assert all(words in text(books) for words in ("1,500.00", "1,200.00", "80.00", "收入合计", "累计结余"))
    with books.expect_download() as saved:
        books.get_by_role("link", name="打印 PDF").click()
    assert saved.value.suggested_filename.endswith(".pdf")

    phone = browsers.window(user=finance, size=PHONE)
    for address in (page, STATEMENT):
        assert overflow(phone.open(address)) <= 0, address
