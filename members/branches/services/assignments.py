"""Where people belong: dated branch assignments, judged and written for many people at once."""

import datetime as dt
from collections.abc import Collection, Iterable
from typing import NamedTuple

from django.db import transaction

from members.branches import signals
from members.branches.models import Branch, BranchAssignment
from members.branches.services.checks import locked_branches, standing
from members.people.models import Person
from members.people.services import alive
from union_portal.base.errors import Refused
from union_portal.base.importing.copying import copy_rows, update_rows
from union_portal.base.sql import among
from union_portal.base.steps import hold

_DAY = dt.timedelta(days=1)


class Place(NamedTuple):
    """The last branch of a person, running or not."""

    pk: int
    branch: int
    since: dt.date
    until: dt.date | None

    def runs(self, *, on: dt.date) -> bool:
        """Tell whether it holds on the day or later."""
        return self.until is None or self.until >= on


class Arrival(NamedTuple):
    """A person's first day in a branch."""

    person: int
    branch: int
    on: dt.date


class Places:
    """Where some people belong, read at once; the lists and the screens move people through it and by nothing else.

    With `lock` every branch is held until the transaction ends, so that none goes up in another meanwhile.
    """

    def __init__(self, people: Collection[int], *, lock: bool = False) -> None:
        branches = Branch.objects.order_by("pk")
        self.branches = {one.pk: one for one in (branches.select_for_update() if lock else branches)}
        dead = Person.objects.filter(among("pk", people), died_on__isnull=False)
        self.dead = dead.only("name", "died_on").in_bulk()
        rows = BranchAssignment.objects.filter(among("person", people)).order_by("person", "valid_from")
        found = rows.values_list("person_id", "pk", "branch_id", "valid_from", "valid_to")
        self.last = {person: Place(*place) for person, *place in found}

    def check(self, one: Arrival) -> None:
        """Refuse the dead, a branch that does not stand on the day, and a day before the last move."""
        if one.person in self.dead:
            alive(self.dead[one.person], on=one.on)
        standing(self.branches[one.branch], on=one.on)
        place = self.last.get(one.person)
        if place is not None and place.since > one.on:
            home = self.branches[place.branch].name
            raise Refused(f"已登记于 {place.since} 转到{home}，请选择更晚的日期。", field="on")

    @transaction.atomic
    def move(self, arrivals: Iterable[Arrival]) -> list[Arrival]:
        """Write what was checked, and return it: the assignments before end the day before. Sends `people_moved`.

        The same branch again changes nothing; another branch on the very first day of an assignment corrects that one.
        """
        closed: list[tuple[int, dt.date]] = []
        corrected: list[tuple[int, int]] = []
        begun: list[Arrival] = []
        written: list[Arrival] = []
        for one in arrivals:
            place = self.last.get(one.person)
            if place is None or not place.runs(on=one.on):
                begun.append(one)
            elif place.branch == one.branch:
                continue
            elif place.since == one.on:
                corrected.append((place.pk, one.branch))
            else:
                closed.append((place.pk, one.on - _DAY))
                begun.append(one)
            written.append(one)
        fields = {field.name: field for field in BranchAssignment._meta.concrete_fields}  # noqa: SLF001
        if closed:
            update_rows(BranchAssignment, [fields["valid_to"]], closed)
        if corrected:
            update_rows(BranchAssignment, [fields["branch"]], corrected)
        if begun:
            copy_rows(BranchAssignment, [fields[name] for name in ("person", "branch", "valid_from")], begun)
        signals.people_moved.send(Branch, arrivals=begun)
        return written


@transaction.atomic
def assign_branch(*, person: Person, branch: Branch, on: dt.date) -> BranchAssignment:
    """Let a person belong to the branch from the day; the assignment before it ends the day before."""
    current = hold(person)
    locked_branches(branch)
    places, arrival = Places([current.pk]), Arrival(current.pk, branch.pk, on)
    places.check(arrival)
    places.move([arrival])
    assignment: BranchAssignment = current.assignments.in_force(on=on).get()
    return assignment
