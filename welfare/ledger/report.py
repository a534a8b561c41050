"""What came and was spent by the ledger: each account with those below it, and what was bought by invoice.

What books of the union pay each other, and what only passes through, is neither.
"""

from typing import Any

from django.db.models import Case, IntegerField, OuterRef, Q, Subquery, Value, When
from django.db.models.lookups import Exact

from union_portal.base.figures.kind import Kind
from welfare.books.enums import AccountKind, Counting
from welfare.books.models import LedgerAccount
from welfare.ledger.enums import PostingKind
from welfare.ledger.models import LedgerEntry, Posting

# Whether an invoice was paid, or what paid one was taken back. Asked so that a million entries are not joined to their
# postings: the purchases are few, and so are the entries that reverse.
_PURCHASES = Posting.objects.filter(kind=PostingKind.PURCHASE).values("pk")
_KIND_REVERSED = Subquery(Posting.objects.filter(entries=OuterRef("reverses")).order_by().values("kind"))
_BOUGHT = Case(
    When(posting__in=_PURCHASES, then=Value(1)),
    When(Q(reverses__isnull=False) & Q(Exact(_KIND_REVERSED, PostingKind.PURCHASE)), then=Value(1)),
    default=Value(0),
    output_field=IntegerField(),
)
_EXPENSE, _INCOME = (
    Q(account__kind=kind, account__counting=Counting.ALWAYS) for kind in (AccountKind.EXPENSE, AccountKind.INCOME)
)
# Reversals are entries too, of the opposite sign: they take away what they reverse.
_TOLD: dict[str, Any] = {
    "unit": "元",
    "records": LedgerEntry.objects.annotate(bought=_BOUGHT),
    "day": "occurred_on",
    "amount": "amount",
    "basis": "台账明细，按业务发生日期计，已减冲销",
    "columns": ("occurred_on", "posting__number", "posting__summary", "account__name", "amount"),
    "alike": ("account", "bought"),
}


def _accounts(kind: AccountKind, stem: str, where: Q) -> list[Kind]:
    accounts = LedgerAccount.objects.filter(kind=kind).order_by("code").values_list("code", "name")
    codes = [code for code, _name in accounts]
    return [
        Kind(
            f"{stem}.{code}",
            name,
            where=where & Q(account__code__startswith=code),
            inside=tuple(f"{stem}.{other}" for other in codes if code != other and code.startswith(other)),
            **_TOLD,
        )
        for code, name in accounts
    ]


def account_kinds() -> list[Kind]:
    """Return each account of spending and of income with those below it as a kind."""
    return [
        *_accounts(AccountKind.EXPENSE, "welfare.spent", _EXPENSE),
        *_accounts(AccountKind.INCOME, "welfare.income", _INCOME),
    ]


KINDS = [
    Kind("welfare.purchase", "采购", where=_EXPENSE & Q(bought=1), **_TOLD),
    Kind("welfare.spent", "支出", where=_EXPENSE, **_TOLD),
    Kind("welfare.income", "收入", where=_INCOME, **_TOLD),
    account_kinds,
]
