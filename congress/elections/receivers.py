"""A sitting does not close over an election whose count is not confirmed."""

from typing import Any

from django.dispatch import receiver

from congress.elections.models import Election
from congress.sessions.models import Sitting
from congress.sessions.signals import sitting_closing
from congress.voting.receivers import refuse_unfinished


@receiver(sitting_closing)
def wait_for_elections(*, sitting: Sitting, **_kwargs: Any) -> None:
    """Refuse while an election is unfinished."""
    refuse_unfinished(Election.objects.filter(sitting=sitting).select_related("committee", "sitting__congress__branch"))
