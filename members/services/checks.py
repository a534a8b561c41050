"""What services share: cleaning into words, and the row locks that keep two officers apart."""

import datetime as dt
from typing import TypeVar

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.utils import timezone

from members.models import Branch, Person
from union_portal.base.errors import Refused

M = TypeVar("M", bound=models.Model)


def saved(instance: M) -> M:
    """Check everything the model and the database demand, then save; raises `Refused` naming the field."""
    # Whoever was read or handed in as an object is there: only keys given bare are looked up.
    at_hand = set(instance._state.fields_cache)  # noqa: SLF001
    try:
        instance.clean_fields(exclude=at_hand)
        instance.clean()
        instance.validate_unique()
        instance.validate_constraints()
    except ValidationError as error:
        name, messages = next(iter(error.message_dict.items()))
        field = None if name == NON_FIELD_ERRORS else name
        raise Refused("；".join(messages), field=field) from error
    instance.save()
    return instance


def locked(person: Person) -> Person:
    """Return the person as the database has it, locked to the end of the transaction."""
    found: Person = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    return found


def locked_branches(*branches: Branch) -> list[Branch]:
    """Lock the branches in one order for everybody, so that two mergers cannot block each other."""
    rows = {row.pk: row for row in Branch.objects.select_for_update().filter(pk__in=[b.pk for b in branches])}
    return [rows[branch.pk] for branch in branches]


def alive(person: Person, *, on: dt.date) -> None:
    """Refuse acts that concern a day after the person's death."""
    if person.died_on is not None and on > person.died_on:
        raise Refused(
            f"{person.name}已于 {person.died_on} 去世，此后不能再办理。",
        )


def not_in_future(on: dt.date, *, field: str = "on") -> None:
    """Refuse a day that has not come yet."""
    if on > timezone.localdate():
        raise Refused(f"{on} 尚未到来。", field=field)


def standing(branch: Branch, *, on: dt.date) -> None:
    """Refuse a branch that does not exist on the day."""
    if branch.founded_on is not None and on < branch.founded_on:
        raise Refused(
            f"{branch.name}于 {branch.founded_on} 才成立。",
            field="branch",
        )
    if branch.dissolved_on is not None and on >= branch.dissolved_on:
        raise Refused(
            f"{branch.name}已于 {branch.dissolved_on} 撤销，请选择其他分工会。",
            field="branch",
        )
