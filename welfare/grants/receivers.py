"""A payment that is reversed in the ledger can be made again."""

from typing import Any

from django.dispatch import receiver

from union_portal.base.steps import take_all
from welfare.grants.enums import SUBJECT, GrantState
from welfare.grants.models import Grant
from welfare.grants.services.paying import reopen_rounds
from welfare.ledger.models import LedgerEntry, Posting
from welfare.ledger.signals import entries_reversed


@receiver(entries_reversed)
def pay_again(*, posting: Posting, entries: list[int], **_kwargs: Any) -> None:
    """Let what counted as paid wait for payment again, and open the closed rounds it belongs to.

    A payment that came back and a grant that was given up have moved on before their entry is reversed: they stay.
    """
    paid = LedgerEntry.objects.filter(pk__in=entries, subject_kind=SUBJECT)
    grants = Grant.objects.filter(pk__in=paid.values("subject_id"), state__in=[GrantState.RECEIVED, GrantState.DUE])
    keys = list(grants.values_list("pk", flat=True))
    if not keys:
        return
    why = f"{posting}冲销"
    actor = posting.approved_by or posting.prepared_by
    reopen_rounds(set(grants.exclude(round=None).values_list("round", flat=True)), actor=actor, why=why)
    take_all(Grant.objects.filter(pk__in=keys), action="unpay", actor=actor, why=why, received_on=None)
