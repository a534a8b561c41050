"""What was spent by the ledger: each account with those below it, and what was bought by invoice."""

from typing import Any

from django.db.models import Q

from union_portal.base.figures.kind import Kind
from welfare.books.enums import AccountKind
from welfare.books.models import LedgerAccount
from welfare.ledger.enums import PostingKind
from welfare.ledger.models import LedgerEntry

# Reversals are entries too, of the opposite sign: they take away what they reverse.
_SPENT: dict[str, Any] = {
    "unit": "元",
    "records": LedgerEntry.objects.filter(account__kind=AccountKind.EXPENSE),
    "day": "occurred_on",
    "amount": "amount",
    "basis": "台账明细，按业务发生日期计，已减冲销",
    "columns": ("occurred_on", "posting__number", "posting__summary", "account__name", "amount"),
    "alike": ("account", "posting__kind", "reverses__posting__kind"),
}
_BOUGHT = Q(posting__kind=PostingKind.PURCHASE) | Q(reverses__posting__kind=PostingKind.PURCHASE)


def account_kinds() -> list[Kind]:
    """Return each expense account with those below it as a kind."""
    accounts = LedgerAccount.objects.filter(kind=AccountKind.EXPENSE).order_by("code")
    return [
        Kind(f"welfare.spent.{code}", name, where=Q(account__code__startswith=code), **_SPENT)
        for code, name in accounts.values_list("code", "name")
    ]


KINDS = [
    Kind("welfare.purchase", "采购", where=_BOUGHT, **_SPENT),
    Kind("welfare.spent", "支出", **_SPENT),
    account_kinds,
]
