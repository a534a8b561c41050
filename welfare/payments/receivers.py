"""A payment whose entry is reversed in the ledger gives the money back to whom it belonged to."""

from typing import Any

from django.dispatch import receiver

from union_portal.base.steps import take_all
from welfare.ledger.models import Posting
from welfare.ledger.signals import entries_reversed
from welfare.payments.enums import PaymentState
from welfare.payments.models import payments


@receiver(entries_reversed)
def note_reversal(*, posting: Posting, entries: list[int], **_kwargs: Any) -> None:
    """Mark the payments of every kind whose posting was taken back."""
    actor = posting.approved_by or posting.prepared_by
    for model in payments():
        paid: Any = model._default_manager.filter(posting__entries__in=entries, state=PaymentState.PAID)  # noqa: SLF001
        keys = list(paid.values_list("pk", flat=True))
        if keys:
            rows = model._default_manager.filter(pk__in=keys)  # noqa: SLF001
            take_all(rows, action="reverse", actor=actor, why=f"{posting}冲销")
