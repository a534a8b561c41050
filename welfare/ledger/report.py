"""What was spent by the ledger: each account with those below it, and what was bought by invoice."""

from typing import Any

from django.db.models import Case, IntegerField, OuterRef, Q, Subquery, Value, When
from django.db.models.lookups import Exact

from union_portal.base.figures.kind import Kind
from welfare.books.enums import AccountKind
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
_EXPENSE = Q(account__kind=AccountKind.EXPENSE)
# Reversals are entries too, of the opposite sign: they take away what they reverse.
_SPENT: dict[str, Any] = {
    "unit": "元",
    "records": LedgerEntry.objects.annotate(bought=_BOUGHT),
    "day": "occurred_on",
    "amount": "amount",
    "basis": "台账明细，按业务发生日期计，已减冲销",
    "columns": ("occurred_on", "posting__number", "posting__summary", "account__name", "amount"),
    "alike": ("account", "bought"),
}


def account_kinds() -> list[Kind]:
    """Return each expense account with those below it as a kind."""
    accounts = LedgerAccount.objects.filter(kind=AccountKind.EXPENSE).order_by("code").values_list("code", "name")
    codes = [code for code, _name in accounts]
    return [
        Kind(
            f"welfare.spent.{code}",
            name,
            where=_EXPENSE & Q(account__code__startswith=code),
            inside=tuple(f"welfare.spent.{other}" for other in codes if code != other and code.startswith(other)),
            **_SPENT,
        )
        for code, name in accounts
    ]


KINDS = [
    Kind("welfare.purchase", "采购", where=_EXPENSE & Q(bought=1), **_SPENT),
    Kind("welfare.spent", "支出", where=_EXPENSE, **_SPENT),
    account_kinds,
]
