"""What happened to a grant, and the way to a part of the round's page."""

from django.db.models import F
from django.urls import reverse

from union_portal.base.steps import Entry, timeline
from welfare.grants.models import Grant


def round_address(round_id: int, part: str) -> str:
    """Return the address of a part of the round's page."""
    return f"{reverse('admin:welfare_round_change', args=[round_id])}#{part}"


def grant_timeline(grant: Grant, *, with_round: bool = False) -> list[Entry]:
    """Return what happened to a grant, in time; when asked, with what happened to everybody in its round."""
    own = timeline(grant)
    if not (with_round and grant.round):
        return own
    shared = timeline(grant.round, grant.round.moves.exclude(source=F("target")))
    return sorted([*shared, *own], key=lambda entry: entry.at)
