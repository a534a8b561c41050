"""Secondings lapse with the mandate; proposals and secondings hold a mandate fast."""

from typing import Any

from django.dispatch import receiver

from congress.delegates.models import Delegate
from congress.delegates.signals import mandate_asked, mandate_changed
from congress.proposals.services import seconding
from union_portal.accounts.models import User


@receiver(mandate_changed)
def lapse_with_mandate(*, delegate: Delegate, actor: User | None, **_kwargs: Any) -> None:
    """Let what a delegate seconded lapse where it was not yet submitted."""
    if delegate.valid_to is not None:
        why = f"{delegate.get_ended_by_display()} {delegate.end_reason}".strip()
        seconding.lapse_of(delegate=delegate, actor=actor, why=why)


@receiver(mandate_asked)
def name_proposals(*, delegate: Delegate, **_kwargs: Any) -> list[str]:
    """Say how many proposals the mandate wrote and was asked to second."""
    counts = {"已提出提案": delegate.proposals.count(), "已被邀请附议提案": delegate.secondings.count()}
    return [f"{words} {count} 件" for words, count in counts.items() if count]
