"""Standards for tests: the starting ones of an item give way to what a test says."""

import datetime as dt
from decimal import Decimal
from typing import Any

from members.people.models import Person
from tests.factories.rounds import benefit, occasion
from welfare.benefits.enums import Level
from welfare.benefits.models import BenefitRule
from welfare.grants.models import Grant

LONG_AGO = dt.date(2000, 1, 1)
day = dt.date.fromisoformat


def rule(code: str = "", *, cap: str | None = None, standard: str | None = None, **fields: Any) -> BenefitRule:
    """Make a standard of the item, or of what `category` says, in force since long ago unless told otherwise."""
    money = {"cap": Decimal(cap) if cap else None, "standard": Decimal(standard) if standard else None}
    fields = {"valid_from": LONG_AGO, "source": "《示例办法》第一条", "level": Level.SCHOOL, **fields}
    made = BenefitRule(benefit=benefit(code) if code else None, **money, **fields)
    made.full_clean()
    made.save()
    return made


def without(*codes: str) -> None:
    """Take away the standards that the starting catalogue brings for these items."""
    BenefitRule.objects.filter(benefit__code__in=codes, example=False).delete()


def given(person: Person, on: str, amount: str, code: str = "festival_money") -> Grant:
    """Keep a benefit that was given at an occasion of its own."""
    ground = occasion(year=int(on[:4]), day=day(on))
    fields = {"benefit": benefit(code), "occasion": ground, "form": "goods", "state": "received"}
    made = Grant(person=person, amount=Decimal(amount), granted_on=day(on), received_on=day(on), **fields)
    made.save()
    return made
