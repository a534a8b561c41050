"""The roll of a sitting: who is due, who came, who is excused, who left.

The roll is copied from the mandates (or, for an all-staff meeting, from the register) as they stand on the day the
session convenes; a mandate that begins or ends before the opening changes it, nothing does afterwards.
"""

import secrets
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from congress.attendance.enums import CheckIn
from congress.attendance.models import RollEntry
from congress.bodies.enums import Body, Mode
from congress.delegates.enums import Seat
from congress.delegates.models import Delegate
from congress.delegates.services.mandates import branches_of
from congress.sessions.enums import RUNNING, SittingState
from congress.sessions.models import Session, Sitting
from members.people.enums import PersonKind
from members.people.models import Person
from union_portal.accounts.models import User
from union_portal.base.errors import Refused
from union_portal.base.steps import hold

# Six digits: short enough to read out, and one guess in a thousand at a congress of a thousand.
CODE_DIGITS = 6


@dataclass(frozen=True)
class Due:
    """One line that a roll should have: with or without a vote, and by which mandate."""

    votes: bool
    delegate_id: int | None = None
    delegation_id: int | None = None


def everybody(*, sitting: Sitting) -> Any:
    """Return the people of an all-staff meeting: active union members, or everybody employed, of branch or school."""
    congress, day = sitting.congress, sitting.session.convened_on
    people = Person.objects.members(on=day) if congress.body == Body.UNION else _employed(day)
    if congress.branch_id is None:
        return people
    return people.in_branch(branches_of(congress), on=day)


def _employed(day: Any) -> Any:
    return Person.objects.of_kind(PersonKind.STAFF, on=day).exclude(died_on__lte=day)


def due_now(*, sitting: Sitting) -> dict[int, Due]:
    """Return who is due on the day of the session, by person; at most three queries."""
    congress, day = sitting.congress, sitting.session.convened_on
    found: dict[int, Due] = {}
    if congress.mode == Mode.EVERYBODY:
        found = dict.fromkeys(everybody(sitting=sitting).values_list("pk", flat=True), Due(votes=True))
    mandates = Delegate.objects.filter(congress=congress).in_force(on=day)
    for pk, person, delegation, seat in mandates.values_list("pk", "person_id", "delegation_id", "seat"):
        if person not in found:
            found[person] = Due(seat == Seat.DELEGATE, pk, delegation)
    return found


def must_have_votes(*, sitting: Sitting, due: dict[int, Due] | None = None) -> None:
    """Raise Refused while nobody with a vote is due on the day."""
    if not any(line.votes for line in (due_now(sitting=sitting) if due is None else due).values()):
        raise Refused(f"{sitting.congress}在 {sitting.session.convened_on} 没有有表决权的代表，请先登记代表。")


@transaction.atomic
def draw_up(*, sitting: Sitting) -> int:
    """Draw up the roll, or bring it up to date before the opening; return how many have a vote.

    Codes and check-ins of those who stay on it are kept; who is no longer due goes, or stays without a vote when
    already in the hall. Somebody due in two bodies of one session has the same code in both.
    """
    held = _held(sitting, SittingState.PLANNED)
    due = due_now(sitting=held)
    must_have_votes(sitting=held, due=due)
    present = {entry.person_id: entry for entry in held.roll.select_for_update(of=("self",)).order_by("pk")}
    gone = [entry for person, entry in present.items() if person not in due and not _is_guest(entry)]
    _drop(held.roll.filter(pk__in=[entry.pk for entry in gone]))
    stale = []
    for person in due.keys() & present.keys():
        entry, line = present[person], vars(due[person])
        if any(getattr(entry, name) != value for name, value in line.items()):
            for name, value in line.items():
                setattr(entry, name, value)
            stale.append(entry)
    RollEntry.objects.bulk_update(stale, ["votes", "delegate", "delegation"])
    _add(held, {person: line for person, line in due.items() if person not in present})
    return sum(line.votes for line in due.values())


def _drop(lines: Any) -> None:
    """Take these lines off the roll; who is in the hall already stays without a vote."""
    lines.filter(came_at=None).delete()
    lines.update(votes=False, delegate=None)


def _is_guest(entry: RollEntry) -> bool:
    """Somebody let in by name, without a mandate and without a vote, stays."""
    return entry.delegate_id is None and not entry.votes


def _add(sitting: Sitting, lines: dict[int, Due]) -> None:
    codes = dict(RollEntry.objects.filter(sitting__session=sitting.session_id).values_list("person_id", "code"))
    taken = set(codes.values())
    for person in lines:
        if person not in codes:
            codes[person] = _free_code(taken)
            taken.add(codes[person])
    RollEntry.objects.bulk_create(
        RollEntry(sitting=sitting, person_id=person, code=codes[person], **vars(line)) for person, line in lines.items()
    )


def _free_code(taken: set[str]) -> str:
    while True:
        code = f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}d}"
        if code not in taken:
            return code


def follow(*, delegate: Delegate) -> None:
    """Let the rolls already drawn up for sittings not yet opened follow a mandate that began, changed or ended."""
    planned = Sitting.objects.filter(congress=delegate.congress_id, state=SittingState.PLANNED).order_by("pk")
    # Locked, as every change of a roll: a code must not be given twice, nor a line while the sitting opens.
    for sitting in planned.select_for_update(of=("self",)).select_related("session", "congress"):
        if not sitting.roll.exists():
            continue
        line = due_now(sitting=sitting).get(delegate.person_id)
        entry = sitting.roll.filter(person=delegate.person_id)
        if line is None:
            _drop(entry)
        elif not entry.update(**vars(line)):
            _add(sitting, {delegate.person_id: line})


@transaction.atomic
def add_guest(*, sitting: Sitting, person: Person) -> RollEntry:
    """Let somebody sit in without a vote; also while the sitting is open."""
    held = _held(sitting)
    if held.roll.filter(person=person).exists():
        raise Refused(f"{person}已在名册上。", field="person")
    _add(held, {person.pk: Due(votes=False)})
    return held.roll.get(person=person)


@transaction.atomic
def check_in_at_door(*, session: Session, code: str, actor: User | None) -> list[RollEntry]:
    """Note the arrival in every body of the session the owner of the code sits in.

    Refused (code `unknown`, `twice`) with words for the door.
    """
    # The opening counts who is here under the same lock.
    held = list(session.sittings.running().select_for_update().order_by("pk"))
    lines = RollEntry.objects.filter(sitting__in=held, code=_digits(code))
    entries = list(
        lines.select_for_update(of=("self",)).select_related("person", "delegation", "sitting__congress").order_by("pk")
    )
    if not entries:
        raise _unknown(code)
    new = [entry for entry in entries if not _here(entry)]
    return [_came(entry, way=CheckIn.CODE, actor=actor) for entry in new or entries]


@transaction.atomic
def check_in_from_list(*, entry: RollEntry, actor: User | None) -> RollEntry:
    """Note that somebody has come, ticked off on the list."""
    return _came(_line(entry), way=CheckIn.LIST, actor=actor)


@transaction.atomic
def excuse(*, entry: RollEntry, reason: str, actor: User | None) -> RollEntry:
    """Note that somebody asked leave (请假) and why; he stays among those due."""
    held = _line(entry)
    if not reason.strip():
        raise Refused(f"请写明{held.person.name}请假的原因。", field="reason")
    if _here(held):
        raise Refused(f"{held.person.name}已在会场，请改为登记离场。")
    return _noted(held, actor, excused=reason.strip())


@transaction.atomic
def leave(*, entry: RollEntry, actor: User | None) -> RollEntry:
    """Note that somebody left the hall before the end: counts no longer as present from now on."""
    held = _line(entry)
    if not _here(held):
        raise Refused(f"{held.person.name}不在会场。")
    return _noted(held, actor, left_at=timezone.now())


@transaction.atomic
def take_back(*, entry: RollEntry, actor: User | None) -> RollEntry:
    """Undo an arrival or an excuse that was recorded for the wrong person."""
    return _noted(_line(entry), actor, came_at=None, left_at=None, excused="", check_in="")


def _came(entry: RollEntry, *, way: CheckIn, actor: User | None) -> RollEntry:
    if _here(entry) and entry.came_at is not None:
        at = timezone.localtime(entry.came_at)
        raise Refused(
            "{person}已于 {time} 签到，无须重复签到。".format(person=entry.person.name, time=f"{at:%H:%M}"),
            field="code",
            code="twice",
        )
    return _noted(entry, actor, came_at=timezone.now(), left_at=None, excused="", check_in=way)


def _noted(entry: RollEntry, actor: User | None, **values: Any) -> RollEntry:
    for name, value in values.items():
        setattr(entry, name, value)
    entry.recorded_by = actor
    entry.save(update_fields=[*values, "recorded_by"])
    return entry


def _here(entry: RollEntry) -> bool:
    return entry.came_at is not None and entry.left_at is None


def _digits(code: str) -> str:
    """Return the digits typed, also when a Chinese keyboard typed them full width or with spaces."""
    return "".join(str(int(character)) for character in code if character.isdecimal())


def _unknown(code: str) -> Refused:
    return Refused(
        "名册上没有签到码 {code}，请再核对一下手机，或在名单上直接勾选签到。".format(code=code.strip() or "—"),
        field="code",
        code="unknown",
    )


def _line(entry: RollEntry) -> RollEntry:
    """Return the line as it stands now; it and its sitting, which must not be over, are locked."""
    _held(entry.sitting)
    return hold(entry, "person")


def _held(sitting: Sitting, *states: SittingState) -> Sitting:
    held = hold(sitting, "session", "congress")
    if held.state not in (states or RUNNING):
        raise Refused(f"{held}{held.get_state_display()}，名册不再变动。")
    return held
