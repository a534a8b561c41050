"""Registering and changing people, their names' keys and their accounts."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone

from members.people.models import Person, too_young
from union_portal.accounts.models import User
from union_portal.base.chinese import normalise_name, pinyin_key, search_key, stroke_key, typed_reading
from union_portal.base.chinese import reading as usual_reading
from union_portal.base.errors import Refused
from union_portal.base.identity import IdentityKind, check_bank_card, check_identity, check_phone
from union_portal.base.steps import hold, saved


def alive(person: Person, *, on: dt.date) -> None:
    """Refuse acts that concern a day after the person's death."""
    if person.died_on is not None and on > person.died_on:
        raise Refused(f"{person.name}已于 {person.died_on} 去世，此后不能再办理。")


def may_join(person: Person, *, on: dt.date) -> None:
    """Refuse a membership that begins on a day to come, or before the person was 14."""
    if wrong := begins_wrongly(person.birth_date, on, today=timezone.localdate()):
        raise Refused(f"{wrong}。", field="on")


def begins_wrongly(born: dt.date | None, on: dt.date, *, today: dt.date) -> str:
    """Return what is wrong with the first day of a membership, or nothing: the one place for screens and lists."""
    return f"{on} 尚未到来" if on > today else too_young(born, on)


def checked_numbers(details: dict[str, Any], *, kind: str = "") -> dict[str, Any]:
    """Return a person's details with mobile, identity and bank numbers as they are kept; refused in words.

    The identity number is judged by its kind, or by its shape where none is told; a kind that was not told is kept
    as the number's own.
    """
    found = dict(details)
    for name, check in (("mobile", check_phone), ("bank_card", check_bank_card)):
        if found.get(name):
            found[name] = check(found[name])
    if found.get("identity_number"):
        told = found.get("identity_kind") or kind
        identity = check_identity(found["identity_number"], kind=IdentityKind(told) if told else None)
        found |= {"identity_number": identity.number, "identity_kind": identity.kind}
    return found


def normal_name(name: str) -> str:
    """Return the name as it is kept: 张　三 is 张三, one kind of dot, single spaces."""
    return normalise_name(name)


def keys_of(name: str, reading: str = "") -> tuple[str, str, str]:
    """Return (search key, pinyin key, stroke key) of a normal name, read as it usually is or as corrected."""
    return search_key(name, reading), pinyin_key(name, reading), stroke_key(name)


def keys_of_new_name(name: str) -> tuple[str, str, str, str]:
    """Return the keys of a name that replaces another, and the empty reading: a correction belonged to the old name."""
    return *keys_of(name), ""


@transaction.atomic
def register_person(*, name: str, **details: Any) -> Person:
    """Enter a person with the name's search and sort keys; no membership begins by this."""
    person = Person(**checked_numbers(details))
    _rename(person, name)
    return saved(person)


@transaction.atomic
def change_person(*, person: Person, name: str | None = None, **details: Any) -> Person:
    """Change what is kept about a person; keys follow the name. Returns the changed person."""
    current = hold(person)
    for field, value in checked_numbers(details, kind=current.identity_kind).items():
        setattr(current, field, value)
    if name is not None and normal_name(name) != current.name:
        _rename(current, name)
    return saved(current)


def _rename(person: Person, name: str) -> None:
    person.name, person.reading = normal_name(name), ""
    _make_keys(person)


def _make_keys(person: Person) -> None:
    person.search_key, person.pinyin_key, person.stroke_key = keys_of(person.name, person.reading)


@transaction.atomic
def correct_reading(*, person: Person, reading: str) -> Person:
    """Let the name be read as typed (“ceng wei”, “céng wěi”) in lists and search; empty: as it usually is.

    Holds until the name itself changes; imports leave it alone.
    """
    current = hold(person)
    usual = usual_reading(current.name)
    try:
        typed = typed_reading(current.name, reading) if reading.strip() else usual
    except ValueError:
        raise Refused(f"“{current.name}”的读音须每个字一个音节，例如“{usual}”。", field="reading") from None
    current.reading = "" if typed == usual else typed
    _make_keys(current)
    return saved(current)


@transaction.atomic
def link_account(*, person: Person) -> User:
    """Give the person an account under the staff number, without a password: a one-time code opens it.

    An account that already bears the number is linked; the existing link is returned.
    """
    current = hold(person)
    if current.user is not None:
        return current.user
    if not current.staff_number:
        raise Refused(f"{current.name}没有工号，无法开通账号。")
    user, _made = User.objects.get_or_create(
        staff_number=current.staff_number, defaults={"name": current.name, "email": current.email}
    )
    if _made:
        user.set_unusable_password()
        user.save(update_fields=["password"])
    elif Person.objects.filter(user=user).exists():
        raise Refused(f"账号 {user} 已属于另一人。")
    current.user = user
    current.save(update_fields=["user", "updated_at"])
    person.user = user
    return user


@transaction.atomic
def link_accounts(*, people: Any) -> int:
    """Give everybody in the queryset who has a staff number and no account one; returns how many were made.

    Set-based: a register of thousands takes a few statements.
    """
    rows = list(people.filter(user=None, staff_number__isnull=False).only("pk", "name", "staff_number", "email"))
    numbers = [row.staff_number for row in rows]
    known = set(User.objects.filter(staff_number__in=numbers).values_list("staff_number", flat=True))
    fresh = [User(staff_number=p.staff_number, name=p.name, email=p.email) for p in rows if p.staff_number not in known]
    for user in fresh:
        user.set_unusable_password()
    User.objects.bulk_create(fresh, batch_size=2000)
    free = User.objects.filter(staff_number__in=numbers, person=None)
    accounts = dict(free.values_list("staff_number", "pk"))
    linked = [row for row in rows if row.staff_number in accounts]
    for row in linked:
        row.user_id = accounts[row.staff_number]
    Person.objects.bulk_update(linked, ["user"], batch_size=2000)
    return len(fresh)
