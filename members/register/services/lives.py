"""Memberships that a list tells from their first day on, of people of whom the register holds nothing: written at once.

Whoever has anything already that a step would end or find, and whose steps do not go through in memory, is left to the
services, row by row, which say why.
"""

from collections.abc import Iterable, Mapping, Sequence

from django.core.exceptions import ValidationError
from django.db import transaction

from members.branches import signals as branch_signals
from members.branches.models import Branch, BranchAssignment, Office
from members.branches.services.assignments import Arrival
from members.memberships import signals
from members.memberships.enums import MembershipStart
from members.memberships.models import Membership, RegisterEntry
from members.memberships.services.entries import note
from members.memberships.services.episodes import Episode, begin_all
from members.memberships.services.life import Life, Step, Unfit
from members.people.enums import MembershipState
from members.people.models import DAYS, Person
from union_portal.accounts.models import User
from union_portal.base.errors import DomainError
from union_portal.base.importing.copying import copy_rows, reserve_keys, update_rows
from union_portal.base.sql import among

_CHANGED = ("died_on", "retired_on", "retires_on", "kind", "employment", "updated_at")
_READ = {"staff_number", "name", "user", *DAYS, *_CHANGED}


def untouched(people: Iterable[int]) -> set[int]:
    """Return those of whom the register holds nothing that a step finds, ends or begins; a query for each kind."""
    asked = set(people)
    chosen = list(asked)
    touched: set[int] = set()
    for model in (Membership, BranchAssignment, Office, RegisterEntry):
        touched |= set(model._default_manager.filter(among("person", chosen)).values_list("person_id", flat=True))  # noqa: SLF001
    known = Person.objects.filter(among("pk", chosen))
    touched |= set(known.exclude(user=None, died_on=None, retired_on=None).values_list("pk", flat=True))
    signals.ends_sought.send(Person, people=chosen, touched=touched)
    return asked - touched


def lives(told: Mapping[int, Sequence[Step]], *, lock: bool) -> list[Life]:
    """Return the lives of those whose steps go through and of whom nothing is registered; `lock` holds them."""
    fresh = untouched(told)
    rows = Person.objects.filter(among("pk", list(fresh))).only(*_READ).order_by("pk")
    people = list(rows.select_for_update(of=("self",)) if lock else rows)
    branches = {one.pk: one for one in Branch.objects.order_by("pk")}
    wanted = sum(step.branch is not None for one in people for step in told[one.pk])
    keys = iter(reserve_keys(BranchAssignment, wanted) if wanted else [])
    found = []
    for person in people:
        life = Life(person, branches, keys)
        try:
            for step in told[person.pk]:
                life.take(step)
        except (Unfit, DomainError, ValidationError):
            continue
        found.append(life)
    return found


@transaction.atomic
def write(found: Sequence[Life], *, actor: User | None) -> None:
    """Write what the lives hold: a COPY or an UPDATE for each table. Sends `people_joined` and `people_moved`."""
    if not found:
        return
    places = [one for life in found for one in life.places]
    fields = {field.name: field for field in BranchAssignment._meta.concrete_fields}  # noqa: SLF001
    names = ("id", "person", "branch", "valid_from", "valid_to")
    rows = [(one.pk, one.person_id, one.branch_id, one.valid_from, one.valid_to) for one in places]
    if rows:
        copy_rows(BranchAssignment, [fields[name] for name in names], rows)
        arrivals = [Arrival(one.person_id, one.branch_id, one.valid_from) for one in places]
        branch_signals.people_moved.send(Branch, arrivals=arrivals)
    begin_all([_told(one) for life in found for one in life.episodes])
    columns = {field.name: field for field in Person._meta.concrete_fields}  # noqa: SLF001
    changed = [life.person for life in found if life.person.died_on or life.person.retired_on]
    if changed:
        told = [(one.pk, *(getattr(one, name) for name in _CHANGED)) for one in changed]
        update_rows(Person, [columns[name] for name in _CHANGED], told)
    note([one for life in found for one in life.notes], actor=actor)


def _told(one: Membership) -> Episode:
    return Episode(
        person=one.person_id,
        valid_from=one.valid_from,
        began_by=MembershipStart(one.began_by),
        state=MembershipState(one.state),
        valid_to=one.valid_to,
        ended_by=one.ended_by,
        counterpart=one.counterpart,
        document=one.document,
    )
