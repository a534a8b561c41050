"""The year's budget, and the final accounts of the year before with it."""

import datetime as dt

from tests.factories import ledger, rounds
from tests.seeds.facts import Fact
from union_portal.base.periods import Period
from union_portal.base.steps import take
from union_portal.demo.services.clock import at
from welfare.books.models import Book

YEAR = Period.year(2023)
BOTH = "完成2022年工会经费决算、2023年工会经费预算工作。"
FACTS = (
    Fact("000-38", "welfare.budgets", "2023年工会经费预算工作", YEAR, rows=1, times=1, items=("2023年",)),
    Fact("001-82", "welfare.final_accounts", BOTH, YEAR, rows=1, times=1, items=("2022年",)),
)


def enter() -> None:
    """Adopt the budget in January, and close the year before in March."""
    book = Book.objects.get(code="UNION")
    ledger.adopted(ledger.budget(book=book, year=2023, _501="100000.00", _402="120000.00"))
    before = ledger.budget(book=book, year=2022, _501="90000.00").year
    with at(dt.date(2023, 3, 20)):
        take(subject=before, action="close", actor=rounds.chair())
