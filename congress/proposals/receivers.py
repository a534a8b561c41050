"""Secondings lapse with the mandate; proposals and secondings hold a mandate fast."""

from typing import Any

from django.db.models import Q
from django.dispatch import receiver

from congress.delegates.enums import MandateEnd
from congress.delegates.models import Delegate
from congress.delegates.signals import mandate_asked, mandate_changed, mandate_end_foretold
from congress.proposals.enums import PRIVATE, ProposalState, SecondingState
from congress.proposals.models import Seconding
from congress.proposals.services import seconding
from members.branches.services.checks import Undone
from members.memberships import signals
from members.people.models import Person
from union_portal.accounts.models import User


@receiver(mandate_changed)
def lapse_with_mandate(*, delegate: Delegate, actor: User | None, **_kwargs: Any) -> None:
    """Let what a delegate seconded lapse where it was not yet submitted."""
    if delegate.valid_to is not None:
        why = f"{delegate.get_ended_by_display()} {delegate.end_reason}".strip()
        seconding.lapse_of(delegate=delegate, actor=actor, why=why)


@receiver(mandate_end_foretold)
def name_what_would_lapse(*, delegate: Delegate, **_kwargs: Any) -> list[str]:
    """Say how many secondings would lapse with the mandate."""
    count = seconding.lapsing(delegate=delegate).count()
    return [f"附议 {count:,} 件"] if count else []


@receiver(signals.person_returned)
def name_lapsed_secondings(*, person: Person, told: Undone, **_kwargs: Any) -> None:
    """Say how many secondings lapsed with the mandate of a proposal that is still written: their authors ask again."""
    asked = Seconding.objects.filter(delegate__person=person, proposal__state__in=[*PRIVATE, ProposalState.RETURNED])
    ended = (MandateEnd.DECEASED.label, MandateEnd.LEFT.label)
    lost = Q(reason__startswith=ended[0]) | Q(reason__startswith=ended[1])
    standing = asked.living().values("proposal")
    if count := asked.filter(lost, state=SecondingState.LAPSED).exclude(proposal__in=standing).count():
        told.left.append(f"失效的附议 {count:,} 件未恢复，由提案人重新邀请。")


@receiver(mandate_asked)
def name_proposals(*, delegate: Delegate, **_kwargs: Any) -> list[str]:
    """Say how many proposals the mandate wrote and was asked to second."""
    counts = {"已提出提案": delegate.proposals.count(), "已被邀请附议提案": delegate.secondings.count()}
    return [f"{words} {count:,} 件" for words, count in counts.items() if count]
