"""更名: another name from a day on, with what it was before, so that a mistake goes back to exactly that."""

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from members.branches.services.checks import Undone
from members.memberships.enums import MembershipChange
from members.memberships.models import RegisterEntry
from members.memberships.services.entries import Note, note
from members.people.models import Person
from members.people.services import alive, change_person, correct_reading, normal_name
from union_portal.accounts.models import User
from union_portal.base.errors import Refused
from union_portal.base.steps import hold


@transaction.atomic
def rename(*, person: Person, name: str, on: dt.date, document: str = "", actor: User | None = None) -> Person:
    """Give the person another name, and the account with it; refused for the dead, for the same name, ahead of time."""
    current, new = hold(person), normal_name(name)
    alive(current, on=timezone.localdate())
    if new == current.name:
        raise Refused(f"现在的姓名就是“{new}”。", field="name")
    if on > timezone.localdate():
        raise Refused(f"{on} 尚未到来，请到当日再登记。", field="on")
    before, reading = current.name, current.reading
    renamed = _named(current, new)
    words = f"更名 {on}：{before} → {new}" + (f"（{document}）" if document else "")
    closed = {"name": before, "reading": reading, "to": new}
    note([Note(renamed.pk, MembershipChange.RENAME, on, closed, words[:300])], actor=actor)
    return renamed


class Renamed(NamedTuple):
    """Somebody whom a list calls otherwise: the name before with its corrected reading, and the name now."""

    person: int
    before: str
    reading: str
    now: str


def note_renamed(renamed: Sequence[Renamed], *, on: dt.date, actor: User | None) -> None:
    """Record new names that a list wrote, as the page of 更名 does; accounts are called as their people are."""
    note(
        (
            Note(
                one.person,
                MembershipChange.RENAME,
                on,
                {"name": one.before, "reading": one.reading, "to": one.now},
                f"更名 {on}：{one.before} → {one.now}（随名单）"[:300],
            )
            for one in renamed
        ),
        actor=actor,
    )
    names = {one.person: one.now for one in renamed}
    users = list(User.objects.filter(person__in=names).select_related("person"))
    for user in users:
        user.name = names[user.person.pk]
    User.objects.bulk_update(users, ["name"])


def last_renaming(person: Person) -> RegisterEntry | None:
    """Return the entry to which the person owes the name, where there is one; only that can be taken back."""
    found: RegisterEntry | None = (
        RegisterEntry.objects.standing().filter(person=person, change=MembershipChange.RENAME).order_by("-pk").first()
    )
    return found if found is not None and found.closed.get("to") == person.name else None


def undo_renaming(person: Person) -> Undone:
    """Give the person the name before, read as it was read then."""
    entry = last_renaming(person)
    if entry is None:
        raise Refused("姓名此后又改过，请直接登记更名。")
    named = _named(person, entry.closed["name"])
    if entry.closed.get("reading"):
        correct_reading(person=named, reading=entry.closed["reading"])
    return Undone(restored=[f"姓名“{named.name}”"])


def _named(person: Person, name: str) -> Person:
    renamed = change_person(person=person, name=name)
    if renamed.user is not None:
        renamed.user.name = renamed.name
        renamed.user.save(update_fields=["name"])
    return renamed
