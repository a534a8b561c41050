"""Budgets: drawn up by account, reviewed, adopted, then changed only by a decision that is named."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from tests.factories import ledger, members
from tests.factories.accounts import signed_in
from union_portal.accounts.enums import Role
from union_portal.base.errors import DomainError
from union_portal.base.periods import Period
from union_portal.base.steps import record, saved, take
from welfare.books.models import ChartAccount
from welfare.fund.models import Budget, BudgetAdjustment, BudgetLine
from welfare.fund.report import KINDS
from welfare.fund.services.statement import statement

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
