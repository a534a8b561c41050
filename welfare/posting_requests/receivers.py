"""Income or an opening balance whose entry is reversed may be registered again."""

from typing import Any

from django.dispatch import receiver

from union_portal.base.steps import take_all
from welfare.ledger.models import Posting
from welfare.ledger.signals import entries_reversed
from welfare.posting_requests.enums import RequestKind, RequestState
from welfare.posting_requests.models import PostingRequest


@receiver(entries_reversed)
def note_reversal(*, posting: Posting, entries: list[int], **_kwargs: Any) -> None:
    """Mark the requests whose posting was taken back."""
    own = PostingRequest.objects.filter(posting__entries__in=entries, state=RequestState.POSTED)
    keys = list(own.exclude(kind=RequestKind.REVERSAL).values_list("pk", flat=True))
    if keys:
        actor = posting.approved_by or posting.prepared_by
        take_all(PostingRequest.objects.filter(pk__in=keys), action="reverse", actor=actor, why=f"{posting}冲销")
