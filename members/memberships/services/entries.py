"""What is recorded of every step of a membership, so that the person's history shows it and a correction finds it."""

import datetime as dt
from collections.abc import Iterable
from typing import Any, NamedTuple

from members.memberships.enums import MembershipChange
from members.memberships.models import RegisterEntry
from members.people.models import Person
from union_portal.accounts.models import User
from union_portal.base.errors import Refused


class Note(NamedTuple):
    """One step that was taken: whose, which, for which day, and what it closed."""

    person: int
    change: MembershipChange
    on: dt.date
    closed: dict[str, Any]
    words: str = ""


def note(steps: Iterable[Note], *, actor: User | None) -> None:
    """Record steps that were taken."""
    RegisterEntry.objects.bulk_create(
        [
            RegisterEntry(
                person_id=one.person,
                change=one.change,
                on=one.on,
                note=one.words or f"{one.change.label} {one.on}",
                closed=one.closed,
                actor=actor,
            )
            for one in steps
        ],
        batch_size=2000,
    )


def noted(person: Person, *, change: str, on: dt.date) -> RegisterEntry | None:
    """Return the entry of a step that still stands, where there is one: older registers and lists have none."""
    found: RegisterEntry | None = (
        RegisterEntry.objects.standing().filter(person=person, change=change, on=on).order_by("-pk").first()
    )
    return found


def note_correction(person: Person, *, change: str, on: dt.date, words: str, why: str, actor: User | None) -> None:
    """Record that a step was undone, and why; its own entry stays and is marked by this one."""
    RegisterEntry.objects.create(
        person=person,
        change=change,
        on=on,
        corrects=noted(person, change=change, on=on),
        correction=True,
        note=words,
        reason=why,
        actor=actor,
    )


def note_taken_back(keys: Iterable[Any], *, why: str, actor: User | None) -> None:
    """Record that the steps with these entries were undone together with the list that brought them.

    Refused for corrections: what they put right would have to be wrong again.
    """
    entries = RegisterEntry.objects.filter(pk__in=list(keys)).select_related("person").order_by("pk")
    if any(entry.correction for entry in entries):
        raise Refused("这次导入更正了此前的登记，不能整批撤回，请在人员的页面上逐条更正。")
    for one in entries:
        words = f"更正：{one.note}，随导入撤回"
        note_correction(one.person, change=one.change, on=one.on, words=words[:300], why=why[:300], actor=actor)
