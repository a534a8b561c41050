"""A person's memberships as episodes of one life, with what was corrected in them."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils import timezone

from members.memberships.enums import MembershipChange
from members.memberships.models import Membership, RegisterEntry
from union_portal.base.portal import Episode

if TYPE_CHECKING:
    from union_portal.accounts.models.user import User


def membership_episodes(user: "User", person_id: int) -> Iterator[Episode]:
    """Return the memberships, and beside every correction what it corrected: who, when and why; two queries."""
    for held in Membership.objects.visible_to(user).filter(person=person_id):
        ended = held.get_ended_by_display() if held.ended_by else ""
        yield Episode(
            on=held.valid_from,
            until=held.valid_to,
            kind="会籍",
            title=f"{held.get_began_by_display()} · {held.get_state_display()}",
            detail=" · ".join(part for part in (ended, held.counterpart, held.document) if part),
        )
    for entry in (
        RegisterEntry.objects.visible_to(user).filter(person=person_id).select_related("actor", "corrected_by")
    ):
        taken_back = getattr(entry, "corrected_by", None)
        if entry.correction or taken_back is not None:
            who = entry.actor.name if entry.actor is not None else ""
            said = f"{timezone.localtime(entry.at):%Y-%m-%d %H:%M} 登记"
            yield Episode(
                on=entry.on,
                kind="更正" if entry.correction else "已更正",
                title=entry.note,
                detail=" · ".join(part for part in (entry.reason, who, said) if part),
                grave=entry.change == MembershipChange.DEATH,
            )
