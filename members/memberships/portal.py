"""A person's memberships as episodes of one life, and beside them who recorded what."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from members.memberships.models import Membership, RegisterEntry
from members.memberships.services.corrections import said
from union_portal.base.portal import Episode
from union_portal.base.steps import Entry

if TYPE_CHECKING:
    from union_portal.accounts.models.user import User


def membership_episodes(user: "User", person_id: int) -> Iterator[Episode]:
    """Return the memberships; one query."""
    for held in Membership.objects.visible_to(user).filter(person=person_id):
        ended = held.get_ended_by_display() if held.ended_by else ""
        yield Episode(
            on=held.valid_from,
            until=held.valid_to,
            kind="会籍",
            title=f"{held.get_began_by_display()} · {held.get_state_display()}",
            detail=" · ".join(part for part in (ended, held.counterpart, held.document) if part),
        )


def register_entries(user: "User", person_id: int) -> list[Entry]:
    """Return what was recorded of somebody's membership, the newest first: who, when, why, and what was corrected."""
    rows = RegisterEntry.objects.visible_to(user).filter(person=person_id).select_related("actor", "corrected_by")
    return [
        Entry(one.at, one.actor, f"{one.note}（已更正）" if hasattr(one, "corrected_by") else one.note, _why(one))
        for one in rows.order_by("-at", "-pk")
    ]


def _why(entry: RegisterEntry) -> str:
    """Return the reason, and of a correction what it brought back and what it did not."""
    back, left = (entry.closed.get(key, []) if entry.correction else [] for key in ("restored", "left"))
    return said(entry.reason.rstrip("。"), back, left) if back or left else entry.reason
