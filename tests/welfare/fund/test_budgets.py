"""Budgets: drawn up by account, reviewed, adopted, then changed only by a decision that is named."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse

from tests.factories import ledger, members, rounds
from tests.factories.accounts import signed_in
from tests.members.register.hr_spreadsheet import workbook
from union_portal.accounts.enums import Role
from union_portal.base.errors import DomainError
from union_portal.base.importing.preview import Status
from union_portal.base.money import grouped
from union_portal.base.periods import Period
from union_portal.base.steps import record, saved, take
from welfare.books.models import Book, ChartAccount, LedgerAccount
from welfare.fund.models import Budget, BudgetAdjustment, BudgetLine
from welfare.fund.report import KINDS
from welfare.fund.resources import BudgetLineList
from welfare.fund.services.reserved import reserved
from welfare.fund.services.statement import statement
from welfare.rounds.services import payment

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shared_rows")]


@pytest.fixture(scope="module")
def budget(one_data_set: Any) -> Budget:
    return ledger.adopted(ledger.budget(book=ledger.book(), year=2024, _50101="1000.00", _401="5000.00"))


def line_of(budget: Budget, code: str, amount: str) -> BudgetLine:
    return BudgetLine(budget=budget, account=ChartAccount.objects.get(code=code), amount=Decimal(amount))


def test_an_adjustment_names_its_decision_and_counts(budget: Budget) -> None:
    line = budget.lines.get(account__code="50101")
    told = {"line": line, "decided_on": dt.date(2024, 7, 1)}
    with pytest.raises((DomainError, ValidationError)):
        record(BudgetAdjustment(amount=Decimal(5), decision="", **told), actor=None)
    with pytest.raises((DomainError, ValidationError), match="不能为负数"):
        record(BudgetAdjustment(amount=Decimal("-1000.01"), decision="会议纪要", **told), actor=None)
    early = {**told, "decided_on": dt.date(2024, 1, 1)}
    with pytest.raises((DomainError, ValidationError), match="早于预算通过日期"):
        record(BudgetAdjustment(amount=Decimal(5), decision="会议纪要", **early), actor=None)
    record(BudgetAdjustment(amount=Decimal("-200.50"), decision="会议纪要", **told), actor=None)
    assert line.in_force == Decimal("799.50")
    assert statement(book=budget.year.book, year=2024).expense.budget == Decimal("799.50")


def test_what_was_adopted_is_not_written_over(budget: Budget) -> None:
    line = budget.lines.get(account__code="50101")
    line.amount = Decimal(2000)
    with pytest.raises((DomainError, ValidationError), match="登记预算调整"):
        saved(line)
    with pytest.raises((DomainError, ValidationError), match="不能新增金额"):
        record(line_of(budget, "503", "10"), actor=None)
    record(line_of(budget, "510", "0"), actor=None)
    line.refresh_from_db()
    line.reason = "讲座改为线上"
    saved(line)
    assert statement(book=budget.year.book, year=2024).expense.reason == ""


def test_an_account_is_planned_on_one_level_and_once(one_data_set: Any) -> None:
    draft = ledger.budget(book=ledger.book(), year=2024, _50101="1000.00")
    for code, words in (("501", "由下级合计"), ("50101", "已编列"), ("102", "收入和支出科目")):
        with pytest.raises((DomainError, ValidationError), match=words):
            record(line_of(draft, code, "10"), actor=None)
    with pytest.raises((DomainError, ValidationError), match="不能为负数"):
        record(line_of(draft, "503", "-1"), actor=None)
    early = BudgetAdjustment(
        line=draft.lines.get(), amount=Decimal(1), decided_on=dt.date(2024, 7, 1), decision="会议纪要"
    )
    with pytest.raises((DomainError, ValidationError), match="通过后才能调整"):
        record(early, actor=None)


def test_the_audit_committee_reviews_and_the_chair_adopts(one_data_set: Any) -> None:
    draft = ledger.budget(book=ledger.book(), year=2024, _50101="1000.00")
    with pytest.raises(DomainError):
        take(subject=draft, action="adopt", actor=None, adopted_on=dt.date(2024, 2, 1), decision="决议")
    steps = {Role.FINANCE: False, Role.AUDIT: True, Role.CHAIR: False}
    page = reverse("admin:welfare_budget_change", args=[draft.pk])
    for role, offered in steps.items():
        seen = signed_in(members.account_with_role(role)).get(page).content.decode()
        assert ("登记经审审查" in seen) is offered, role


def test_adopted_budgets_are_a_figure_of_the_year_they_were_adopted_in(budget: Budget) -> None:
    ledger.budget(book=ledger.book(), year=2024, _501="1.00")
    kind = next(kind for kind in KINDS if kind.key == "welfare.budgets")
    period = Period.year(2024)
    rows = kind.records.filter(adopted_on__range=(period.start, period.end), year__book=budget.year.book)
    assert [row.pk for row in rows] == [budget.pk]


def test_the_database_keeps_what_was_reviewed(one_data_set: Any) -> None:
    made = ledger.budget(book=ledger.book(), year=2024, _50101="1000.00", _503="5.00")
    lines, other = BudgetLine.objects.filter(budget=made), ledger.budget(book=ledger.book(), year=2024, _504="1")
    lines.filter(account__code="503").update(amount=7)
    take(subject=made, action="review", actor=ledger.officer("auditor"), reviewed_on=dt.date(2024, 1, 15))
    for change in ({"amount": 9}, {"budget": other}):
        with pytest.raises(IntegrityError, match="keeps its lines"), transaction.atomic():
            lines.filter(account__code="503").update(**change)
    with pytest.raises(IntegrityError, match="keeps its lines"), transaction.atomic():
        BudgetLine.objects.create(budget=made, account=ChartAccount.objects.get(code="505"), amount=Decimal(3))
    with pytest.raises(IntegrityError, match="keeps its lines"), transaction.atomic():
        BudgetLine.objects.filter(budget=other).update(budget=made)
    with pytest.raises(IntegrityError, match="keeps its lines"), transaction.atomic():
        lines.filter(account__code="503").delete()
    told = {"decided_on": dt.date(2024, 7, 1), "decision": "会议纪要", "amount": Decimal(1)}
    with pytest.raises(IntegrityError, match="only an adopted"), transaction.atomic():
        BudgetAdjustment.objects.create(line=lines.get(account__code="503"), **told)
    chair = ledger.officer("chair")
    take(subject=made, action="adopt", actor=chair, adopted_on=dt.date(2024, 2, 1), decision="决议")
    with pytest.raises(IntegrityError, match="stays as it is"), transaction.atomic():
        Budget.objects.filter(pk=made.pk).update(decision="另一决议")
    kept = BudgetAdjustment.objects.create(line=lines.get(account__code="503"), **told)
    with pytest.raises(DatabaseError), transaction.atomic():
        BudgetAdjustment.objects.filter(pk=kept.pk).update(amount=2)
    assert (lines.get(account__code="503").in_force, lines.count()) == (Decimal(8), 2)


def test_what_is_approved_and_unpaid_binds_its_account(one_data_set: Any) -> None:
    for _person in range(3):
        members.member(branch=members.branch())
    book, account = Book.objects.get(code="UNION"), LedgerAccount.objects.get(code="50205")
    made = ledger.adopted(ledger.budget(book=book, year=2024, _50405="1000.00"))
    before = reserved(book=book, year=2024).get(account.pk, Decimal(0))
    waiting = rounds.approved(code="special_group", price="30.00")
    bound = Decimal(30) * waiting.grants.count()
    assert bound >= Decimal(90)
    assert reserved(book=book, year=2024) == {account.pk: before + bound}
    assert reserved(book=book, year=2023) == {}
    page = reverse("admin:welfare_budget_change", args=[made.pk])
    seen = signed_in(members.account_with_role(Role.FINANCE)).get(page).content.decode()
    assert all(words in seen for words in ("已批未付", grouped(bound), grouped(1000 - bound)))
    payment.post_roster(subject=waiting, on=dt.date(2024, 5, 2), actor=rounds.treasurer())
    assert reserved(book=book, year=2024).get(account.pk, Decimal(0)) == before
    line = statement(book=book, year=2024, reserved={account.pk: Decimal(1000)}).expense.below[0]
    assert (line.actual, line.reserved, line.left) == (bound, Decimal(1000), -bound)


def test_a_budget_comes_by_list_and_keeps_its_rules(one_data_set: Any) -> None:
    drafted = ledger.budget(book=Book.objects.create(code="LIST", name="名单账套"), year=2024)
    officer, headings = members.account_with_role(Role.FINANCE), ("预算", "科目", "预算（元）")

    def read(*rows: tuple[str, ...]) -> Any:
        return BudgetLineList(actor=officer).preview(workbook([list(row) for row in rows], headings=headings))

    several = read(("名单账套 2024", "501", "10"), ("LIST-2024", "50101", "10"), ("名单账套2024年预算", "102", "1"))
    assert [row.status is Status.FAULTY for row in several.rows] == [False, True, True]
    rows = [["名单账套 2024", "50101", "10.5"], ["LIST-2024", "402", "99"]]
    BudgetLineList(actor=officer).confirm(workbook(rows, headings=headings))
    assert [(line.account.code, line.amount) for line in drafted.lines.all()] == [
        *(("402", Decimal(99)), ("50101", Decimal("10.50")))
    ]
    assert read(("名单账套 2024", "501", "10")).rows[0].status is Status.FAULTY
    ledger.adopted(drafted)
    late = read(("名单账套 2024", "50101", "11"), ("名单账套 2024", "503", "1"), ("名单账套 2024", "402", "99"))
    assert [row.status for row in late.rows] == [Status.FAULTY, Status.FAULTY, Status.UNCHANGED]


def test_years_settled_are_a_figure(one_data_set: Any) -> None:
    year = ledger.open_book(2024).book.years.get()
    steps = (("close", ""), ("reopen", "补录"), ("close", ""))
    for action, why in steps:
        take(subject=year, action=action, actor=rounds.chair(), why=why)
    kind = next(kind for kind in KINDS if kind.key == "welfare.final_accounts")
    assert kind.records.filter(subject=year).count() == 2
    assert kind.once == "subject"
