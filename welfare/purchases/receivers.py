"""An invoice whose entry is reversed in the ledger is void, and its number may be entered again."""

from typing import Any

from django.dispatch import receiver

from union_portal.base.steps import take_all
from welfare.grants.services.paying import reopen_rounds
from welfare.ledger.models import Posting
from welfare.ledger.signals import entries_reversed
from welfare.purchases.models import Purchase


@receiver(entries_reversed)
def void_invoices(*, posting: Posting, entries: list[int], **_kwargs: Any) -> None:
    """Void the invoices, and let the closed rounds they were bought for be reconciled again."""
    bought = Purchase.objects.standing().filter(posting__entries__in=entries)
    rounds = set(bought.values_list("round", flat=True))
    keys = list(bought.values_list("pk", flat=True))
    if not keys:
        return
    why = f"{posting}冲销"
    actor = posting.approved_by or posting.prepared_by
    reopen_rounds(rounds, actor=actor, why=why)
    take_all(Purchase.objects.filter(pk__in=keys), action="void", actor=actor, why=why)
