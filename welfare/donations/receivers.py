"""The use of a drive's money whose entry is reversed gives the money back to the drive."""

from typing import Any

from django.dispatch import receiver

from union_portal.base.steps import take_all
from welfare.donations.enums import UseState
from welfare.donations.models import DonationUse
from welfare.ledger.models import Posting
from welfare.ledger.signals import entries_reversed


@receiver(entries_reversed)
def note_reversal(*, posting: Posting, entries: list[int], **_kwargs: Any) -> None:
    """Mark the uses whose posting was taken back."""
    own = DonationUse.objects.filter(posting__entries__in=entries, state=UseState.PAID)
    keys = list(own.values_list("pk", flat=True))
    if keys:
        actor = posting.approved_by or posting.prepared_by
        take_all(DonationUse.objects.filter(pk__in=keys), action="reverse", actor=actor, why=f"{posting}冲销")
