"""Assignments."""

from typing import TYPE_CHECKING

from congress.departments.models import Department
from congress.handling.enums import Duty
from congress.handling.models import Assignment
from congress.proposals.models import Proposal

if TYPE_CHECKING:
    pass


def assign(made: Proposal, department: Department, duty: Duty = Duty.LEAD) -> Assignment:
    """Assign a proposal to a department."""
    return Assignment.objects.create(proposal=made, department=department, duty=duty)
