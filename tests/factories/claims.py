"""Plans with standards, covers and claims for tests."""

import datetime as dt
import itertools
from decimal import Decimal
from typing import Any

from members.people.models import Person
from tests.factories import members
from welfare.claims.enums import DayCount, Formula
from welfare.claims.models import Claim, ClaimRule
from welfare.claims.services import entering
from welfare.mutual_aid.models import Cover, MutualAidPlan

_numbers = itertools.count(1)
BEGUN = dt.date(2026, 1, 1)


def plan(**fields: Any) -> MutualAidPlan:
    """Make a plan of a year."""
    number = next(_numbers)
    return MutualAidPlan.objects.create(**{"code": f"own{number}", "name": f"互助计划{number}", **fields})


def rule(of: MutualAidPlan | None = None, **fields: Any) -> ClaimRule:
    """Make a standard of 40 yuan a day from the fourth day on, by nights."""
    per_day = {"formula": Formula.PER_DAY, "amount": Decimal(40), "free_days": 3, "counting": DayCount.NIGHTS}
    made = ClaimRule(**{"plan": of or plan(), "valid_from": dt.date(2010, 1, 1), **per_day, **fields})
    made.full_clean()
    made.save()
    return made


def cover(of: MutualAidPlan, *, whose: Person | None = None, on: dt.date = BEGUN, **fields: Any) -> Cover:
    """Cover a member by the plan for a term."""
    person = whose or members.member()
    told = {"starts_on": on, "ends_on": of.last_day(on), "paid_on": on, "source": "名单", **fields}
    return Cover.objects.create(plan=of, person=person, **told)


def claim(of: ClaimRule | None = None, *, whose: Person | None = None, actor: Any = None, **fields: Any) -> Claim:
    """Enter a claim of a stay of twelve nights; covered for its year unless the person is already."""
    standard = of or rule()
    day = fields.pop("occurred_on", dt.date(2026, 3, 2))
    person = whose or members.member()
    if not Cover.objects.filter(plan=standard.plan, person=person).exists():
        cover(standard.plan, whose=person, on=day.replace(month=1, day=1))
    told = {"ended_on": day + dt.timedelta(days=12), "applied_on": day + dt.timedelta(days=13), **fields}
    made = Claim(person=person, plan=standard.plan, grade=standard.grade, occurred_on=day, **told)
    return entering.enter(claim=made, actor=actor)
