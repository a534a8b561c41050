"""What a notice tells the batch whose list it shows."""

from typing import Any

from django.dispatch import receiver

from welfare.disclosure.models import Disclosure
from welfare.disclosure.signals import disclosure_broken
from welfare.recuperation.enums import BatchState
from welfare.recuperation.models import RecuperationBatch
from welfare.recuperation.services.batches import reopen


@receiver(disclosure_broken)
def judge_anew(*, disclosure: Disclosure, actor: Any, why: str, **_kwargs: Any) -> None:
    """Judge everybody anew whose list somebody objected to."""
    for batch in RecuperationBatch.objects.filter(disclosure=disclosure, state=BatchState.CHOSEN).order_by("pk"):
        reopen(subject=batch, actor=actor, why=why)
