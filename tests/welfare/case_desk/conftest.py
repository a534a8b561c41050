"""Somebody whose branch's chair reports, and the school's caps for a death and a stay in hospital."""

from decimal import Decimal

import pytest

from members.people.models import Person
from tests.factories import members
from union_portal.accounts.enums import Role
from union_portal.accounts.models import User
from welfare.benefits.models import BenefitRule


@pytest.fixture
def person() -> Person:
    return members.member(branch=members.branch(name="外国语分工会"))


@pytest.fixture
def reporter(person: Person) -> User:
    return members.account_with_role(Role.BRANCH_CHAIR, branches=(person.assignments.get().branch,))


@pytest.fixture
def capped() -> None:
    """Let the school pay 500 yuan for a relative's death, at most 1,000 for each, and the same in hospital."""
    rules = BenefitRule.objects.filter(benefit__code__in=["bereavement", "hospital"], example=False)
    rules.update(standard=Decimal(500), cap=Decimal(1000), cap_basis="per_event")
