"""Delegations and delegates."""

from typing import Any

from congress.bodies.models import Congress
from congress.delegates.enums import MandateStart, Seat
from congress.delegates.models import Delegate, Delegation
from members.people.models import Person
from tests.factories import members
from tests.factories.bodies import BEGAN, numbers


def delegation(*, of: Congress, **fields: Any) -> Delegation:
    """Make a delegation."""
    number = fields.pop("number", next(numbers))
    return Delegation.objects.create(congress=of, number=number, name=fields.pop("name", f"第{number}代表团"), **fields)


def delegate(*, of: Congress, person: Person | None = None, **fields: Any) -> Delegate:
    """Make a running mandate of a member who has an account."""
    whose = person or members.member()
    if whose.user_id is None:
        members.account(of=whose)
        whose.refresh_from_db()
    fields.setdefault("seat", Seat.DELEGATE)
    fields.setdefault("valid_from", BEGAN)
    fields.setdefault("began_by", MandateStart.ELECTED)
    return Delegate.objects.create(congress=of, person=whose, **fields)
