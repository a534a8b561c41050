"""What is recorded of every step of a membership, so that the person's history shows it and a correction finds it."""

import datetime as dt
import json
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any, NamedTuple

from django.utils import timezone

from members.branches.services.checks import Undone
from members.memberships.enums import MembershipChange
from members.memberships.models import RegisterEntry
from members.people.models import Person
from union_portal.accounts.models import User
from union_portal.base.errors import Refused
from union_portal.base.importing.copying import copy_rows

_WRITTEN = ("person", "change", "on", "correction", "note", "reason", "closed", "actor", "at")


class Note(NamedTuple):
    """One step that was taken: whose, which, for which day, and what it closed."""

    person: int
    change: MembershipChange
    on: dt.date
    closed: dict[str, Any]
    words: str = ""

    def told(self) -> str:
        """Return what the entry says."""
        return self.words or f"{self.change.label} {self.on}"


def note(steps: Iterable[Note], *, actor: User | None) -> None:
    """Record steps that were taken, whether of one person or of a whole list, by one COPY."""
    fields = {field.name: field for field in RegisterEntry._meta.concrete_fields}  # noqa: SLF001
    by, now = actor.pk if actor else None, timezone.now()
    rows = [(one.person, one.change, one.on, False, one.told(), "", json.dumps(one.closed), by, now) for one in steps]
    if rows:
        copy_rows(RegisterEntry, [fields[name] for name in _WRITTEN], rows)


def noted(person: Person, *, change: str, on: dt.date) -> RegisterEntry | None:
    """Return the entry of a step that still stands, where there is one: older registers have none."""
    found: RegisterEntry | None = (
        RegisterEntry.objects.standing().filter(person=person, change=change, on=on).order_by("-pk").first()
    )
    return found


def note_correction(
    person: Person, *, change: str, on: dt.date, words: str, why: str, actor: User | None, told: Undone | None = None
) -> None:
    """Record that a step was undone, why, and what came back; its own entry stays and is marked by this one."""
    RegisterEntry.objects.create(
        person=person,
        change=change,
        on=on,
        corrects=noted(person, change=change, on=on),
        correction=True,
        note=words,
        reason=why,
        closed=asdict(told) if told is not None else {},
        actor=actor,
    )


def note_taken_back(keys: Iterable[Any], *, why: str, actor: User | None) -> None:
    """Record that the steps with these entries were undone together with the list that brought them.

    Refused for corrections: what they put right would have to be wrong again.
    """
    entries = list(RegisterEntry.objects.filter(pk__in=list(keys)).select_related("person").order_by("pk"))
    if any(entry.correction for entry in entries):
        raise Refused("这次导入更正了此前的登记，不能整批撤回，请在人员的页面上逐条更正。")
    standing = set(
        RegisterEntry.objects.standing().filter(pk__in=[one.pk for one in entries]).values_list("pk", flat=True)
    )
    RegisterEntry.objects.bulk_create(
        [
            RegisterEntry(
                person_id=one.person_id,
                change=one.change,
                on=one.on,
                corrects=one,
                correction=True,
                # Whom the list brought goes with it; the entries stay and say of whom they speak.
                note=f"更正：{one.person} {one.note}，随导入撤回"[:300],
                reason=why[:300],
                actor=actor,
            )
            for one in entries
            if one.pk in standing
        ],
        batch_size=2000,
    )
