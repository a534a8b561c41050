"""Benefits, rounds and cases for tests: plain functions over the services, invented names."""

import datetime as dt
import itertools
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from members.people.models import Person
from tests.factories import members, papers
from union_portal.accounts.enums import Role
from union_portal.accounts.models import User
from welfare.benefits.models import Benefit, Occasion
from welfare.books.models import Fund
from welfare.cases import services as cases
from welfare.grants.models import Grant, Round
from welfare.life_events import services as life_events
from welfare.life_events.enums import EventKind
from welfare.life_events.models import LifeEvent
from welfare.rosters.services.selection import Selection
from welfare.rounds.services import approval, drafting, people, roster

_numbers = itertools.count(1)
CUT_OFF = dt.date(2024, 1, 10)
HANDED_OUT = dt.date(2024, 1, 20)


def officer() -> User:
    """Make an account of the welfare officer."""
    return members.account_with_role(Role.WELFARE)


def chair() -> User:
    """Make an account of the chair."""
    return members.account_with_role(Role.CHAIR)


def treasurer() -> User:
    """Make an account of finance, who posts."""
    return members.account_with_role(Role.FINANCE)


def benefit(code: str = "spring") -> Benefit:
    """Return a benefit of the starting catalogue."""
    return Benefit.objects.get(code=code)


def fund() -> Fund:
    """Return the union's fund of the starting catalogue."""
    return Fund.objects.get(code="UNION")


def occasion(**fields: Any) -> Occasion:
    """Make an occasion of 2024."""
    number = next(_numbers)
    fields.setdefault("year", 2024)
    fields.setdefault("day", dt.date(2024, 2, 10))
    return Occasion.objects.create(code=f"o{number}", name=f"2024年第{number}个节日", **fields)


def draft(*, code: str = "spring", actor: User | None = None, **fields: Any) -> Round:
    """Make a draft round for all active members, of an occasion of its own."""
    fields.setdefault("selection", Selection())
    fields.setdefault("occasion", occasion())
    fields.setdefault("another", True)
    return drafting.create(benefit=benefit(code), cut_off_on=CUT_OFF, fund=fund(), actor=actor or officer(), **fields)


def locked(*, price: str = "500", **fields: Any) -> Round:
    """Make a locked and priced round of whoever is in the register."""
    actor = fields.setdefault("actor", officer())
    made = roster.lock(subject=draft(**fields), actor=actor)
    return people.set_price(subject=made, unit_price=Decimal(price), handed_out_on=HANDED_OUT, actor=actor)


def approved(*, price: str = "500", **fields: Any) -> Round:
    """Make an approved round: prepared by one person, approved by another."""
    actor = fields.setdefault("actor", officer())
    made = approval.submit(subject=locked(price=price, **fields), actor=actor)
    return approval.approve(subject=made, actor=chair())


CASE_DAY = dt.date(2024, 3, 1)


def case(amount: str | None = "1000", code: str = "hospital", kind: EventKind = EventKind.HOSPITAL) -> Grant:
    person = members.member()
    event = life_events.record_event(event=LifeEvent(kind=kind, whose=person, occurred_on=CASE_DAY), actor=None)
    money = Decimal(amount) if amount else None
    made = Grant(person=person, benefit=benefit(code), event=event, amount=money, granted_on=CASE_DAY)
    return cases.enter(grant=made, actor=officer())


pytestmark = pytest.mark.django_db


def applied(person: Person) -> Grant:
    """Let a member with an account ask for a stay in hospital, with one paper."""
    told = cases.Told(person=person, kind=EventKind.HOSPITAL, occurred_on=timezone.localdate())
    papers_of_it = cases.Beside(papers=[papers.sent("a.pdf")])
    return cases.apply(told=told, actor=person.user, beside=papers_of_it)  # type: ignore[arg-type]
