"""Terms of office and who holds which post."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Max

from members.branches.enums import SINGLE
from members.branches.models import Branch, Office, Term
from members.branches.services.checks import Ended, ended, locked_branches, standing
from members.people.enums import MembershipState
from members.people.models import Person
from union_portal.base.errors import Refused
from union_portal.base.steps import hold, saved

_DAY = dt.timedelta(days=1)


@transaction.atomic
def start_term(
    *,
    branch: Branch,
    began_on: dt.date,
    number: int | None = None,
    officers: Sequence[tuple[str, Person]] = (),
    **details: Any,
) -> Term:
    """换届: begin a term of office with its officers; the offices of the term before end the day before.

    The number follows the last term's unless given; `details` are the model's other fields.
    """
    (current,) = locked_branches(branch)
    standing(current, on=began_on)
    if current.terms.filter(began_on__gte=began_on).exists():
        raise Refused(f"{current.name}在那一天或之后已有一届开始。", field="began_on")
    if number is None:
        number = (current.terms.aggregate(last=Max("number"))["last"] or 0) + 1
    term = saved(Term(branch=current, number=number, began_on=began_on, **details))
    before = Office.objects.filter(term__branch=current, valid_from__lt=began_on).exclude(term=term)
    before.in_force(on=began_on).update(valid_to=began_on - _DAY)
    for position, person in officers:
        elect(person=person, term=term, position=position)
    return term


@transaction.atomic
def elect(*, person: Person, term: Term, position: str, on: dt.date | None = None, full_time: bool = False) -> Office:
    """Elect a member to a post; without a day from the term's beginning, later it is a by-election (补选)."""
    begins = on or term.began_on
    locked_branches(term.branch)
    if begins < term.began_on:
        raise Refused(f"本届自 {term.began_on} 才开始。", field="on")
    if not Person.objects.filter(pk=person.pk).members(on=begins, state=MembershipState.ACTIVE).exists():
        raise Refused(f"{person.name}在 {begins} 不是在职会员，不能当选。", field="person")
    if position in SINGLE:
        holder = term.offices.filter(position=position).in_force(on=begins).select_related("person").first()
        if holder is not None:
            raise Refused(f"{holder.person.name}正担任此职，请先结束其任职。", field="position")
    by_election = begins > term.began_on
    office = Office(person=person, term=term, position=position, valid_from=begins, by_election=by_election)
    office.full_time = full_time
    return saved(office)


@transaction.atomic
def end_office(*, office: Office, on: dt.date) -> Office:
    """End an office; the day is its last."""
    current = hold(office)
    if current.valid_to is not None and current.valid_to <= on:
        raise Refused(f"这项任职已于 {current.valid_to} 结束。", field="on")
    current.valid_to = on
    return saved(current)


def end_offices(days: Mapping[int, dt.date]) -> dict[int, list[Ended]]:
    """End what these people hold, each with the day given beside the key; return by person what it ended."""
    found: dict[int, list[Ended]] = {}
    held = [one for one in Office.objects.filter(person__in=days) if one.holds(on=days[one.person_id])]
    for office in held:
        found.setdefault(office.person_id, []).append(ended(office))
        office.valid_to = days[office.person_id]
    Office.objects.bulk_update(held, ["valid_to"])
    return found
