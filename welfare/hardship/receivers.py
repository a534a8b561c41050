"""What notices and the ledger tell files and aids."""

from typing import Any

from django.dispatch import receiver
from django.utils import timezone

from union_portal.base.steps import take_all
from welfare.disclosure.models import Disclosure
from welfare.disclosure.signals import disclosure_broken, disclosure_ended
from welfare.hardship.enums import SUBJECT, AidState, FileState
from welfare.hardship.models import HardshipAid, HardshipFile
from welfare.ledger.models import LedgerEntry, Posting
from welfare.ledger.signals import entries_reversed


@receiver(disclosure_ended)
def list_files(*, disclosure: Disclosure, actor: Any, **_kwargs: Any) -> None:
    """Take the disclosed files into the list; one that was listed before keeps its first day."""
    own = HardshipFile.objects.filter(disclosure=disclosure, state=FileState.DISCLOSED)
    new = list(own.filter(listed_on=None).values_list("pk", flat=True))
    again = list(own.exclude(listed_on=None).values_list("pk", flat=True))
    if new:
        rows = HardshipFile.objects.filter(pk__in=new)
        take_all(rows, action="enlist", actor=actor, listed_on=timezone.localdate())
    if again:
        take_all(HardshipFile.objects.filter(pk__in=again), action="enlist", actor=actor)


@receiver(disclosure_broken)
def decide_anew(*, disclosure: Disclosure, actor: Any, why: str, **_kwargs: Any) -> None:
    """Put the disclosed files before the committee again."""
    own = HardshipFile.objects.filter(disclosure=disclosure, state=FileState.DISCLOSED)
    keys = list(own.values_list("pk", flat=True))
    if keys:
        take_all(HardshipFile.objects.filter(pk__in=keys), action="reopen", actor=actor, why=why)


@receiver(entries_reversed)
def pay_again(*, posting: Posting, entries: list[int], **_kwargs: Any) -> None:
    """Let an aid whose entry was reversed wait for payment again."""
    paid = LedgerEntry.objects.filter(pk__in=entries, subject_kind=SUBJECT).values("subject_id")
    keys = list(HardshipAid.objects.filter(pk__in=paid, state=AidState.PAID).values_list("pk", flat=True))
    if keys:
        actor = posting.approved_by or posting.prepared_by
        rows = HardshipAid.objects.filter(pk__in=keys)
        take_all(rows, action="unpay", actor=actor, why=f"{posting}冲销", given_on=None, fund=None, account=None)
