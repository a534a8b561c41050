"""A record whose entry is reversed in the ledger says so, and its money may be asked for anew."""

from typing import Any

from django.dispatch import receiver

from union_portal.base.steps import take_all
from welfare.ledger.models import Posting
from welfare.ledger.signals import entries_reversed
from welfare.payouts.enums import PayoutState
from welfare.payouts.models import Payout


@receiver(entries_reversed)
def note_reversal(*, posting: Posting, entries: list[int], **_kwargs: Any) -> None:
    """Mark the records of every kind whose posting was taken back."""
    for kind in Payout.__subclasses__():
        own = kind._default_manager.filter(posting__entries__in=entries, state=PayoutState.PAID)  # noqa: SLF001
        keys = list(own.values_list("pk", flat=True))
        if keys:
            rows = kind._default_manager.filter(pk__in=keys)  # noqa: SLF001
            actor = posting.approved_by or posting.prepared_by
            take_all(rows, action="reverse", actor=actor, why=f"{posting}冲销")
