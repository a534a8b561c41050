"""A sitting does not close over a vote whose count is not confirmed."""

from typing import Any

from django.db.models import QuerySet
from django.dispatch import receiver

from congress.sessions.models import Sitting
from congress.sessions.signals import sitting_closing
from congress.voting.enums import BallotState
from congress.voting.models import Ballot
from union_portal.base.errors import Refused


def refuse_unfinished(votes: "QuerySet[Any]") -> None:
    """Refuse when the count of one of the votes is not confirmed, and name it."""
    first = votes.filter(state__in=[BallotState.OPEN, BallotState.COUNTED]).first()
    if first is not None:
        raise Refused(f"“{first}”的计票单尚未确认；请先确认或作废，再宣布闭幕。")


@receiver(sitting_closing)
def wait_for_ballots(*, sitting: Sitting, **_kwargs: Any) -> None:
    """Refuse while a ballot is unfinished."""
    refuse_unfinished(Ballot.objects.filter(item__sitting=sitting).select_related("item"))
