"""A person's memberships as episodes of one life, and beside them who recorded what."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.http import urlencode

from members.memberships.models import Membership, RegisterEntry
from members.memberships.services.corrections import acts, said
from members.people.models import Person
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


@dataclass(frozen=True)
class Recorded(Entry):
    """An entry, with the page that puts it right where it still can be."""

    address: str = ""


def register_entries(user: "User", person: Person) -> list[Recorded]:
    """Return what was recorded of somebody's membership, the newest first: who, when, why, and what was corrected."""
    rows = RegisterEntry.objects.visible_to(user).filter(person=person).select_related("actor", "corrected_by")
    open_ = {act.key for act in acts(person)} if user.has_perm("members.change_person", person) else set()
    page = reverse("admin:members_person_correct_entry", args=[person.pk])
    found = []
    for one in rows.order_by("-at", "-pk"):
        corrected, key = hasattr(one, "corrected_by"), f"{one.change}:{one.on.isoformat()}"
        address = f"{page}?{urlencode({'act': key})}" if key in open_ and not (corrected or one.correction) else ""
        words = f"{one.note}（已更正）" if corrected else one.note
        found.append(Recorded(one.at, one.actor, words, _why(one), address))
        open_.discard(key if address else "")
    return found


def _why(entry: RegisterEntry) -> str:
    """Return the reason, and of a correction what it brought back and what it did not."""
    back, left = (entry.closed.get(key, []) if entry.correction else [] for key in ("restored", "left"))
    return said(entry.reason.rstrip("。"), back, left) if back or left else entry.reason
