"""Departments and who answers for them."""

from typing import Any

from congress.departments.enums import DepartmentDuty
from congress.departments.models import Department, DepartmentPost
from members.people.models import Person
from tests.factories import members
from tests.factories.bodies import BEGAN, numbers
from union_portal.accounts.models import User


def department(*, contact: bool = False, lead: bool = False, **fields: Any) -> Department:
    """Make a department; with a contact and a responsible leader where asked."""
    number = next(numbers)
    made = Department.objects.create(
        code=fields.pop("code", f"B{number}"), name=fields.pop("name", f"第{number}处"), **fields
    )
    for wanted, duty in ((contact, DepartmentDuty.CONTACT), (lead, DepartmentDuty.LEADER)):
        if wanted:
            post(of=made, duty=duty)
    return made


def post(*, of: Department, duty: DepartmentDuty = DepartmentDuty.CONTACT, person: Person | None = None) -> User:
    """Appoint somebody for a department and return the account."""
    whose = person or members.person()
    user = members.account(of=whose)
    DepartmentPost.objects.create(department=of, person=whose, duty=duty, valid_from=BEGAN)
    return user
