"""What is open with a department goes with it."""

import datetime as dt
from typing import Any

from django.dispatch import receiver

from congress.departments.models import Department
from congress.departments.signals import department_merged
from congress.handling.services import assigning
from union_portal.accounts.models import User


@receiver(department_merged)
def hand_on_assignments(
    *, department: Department, into: Department, on: dt.date, actor: User | None, **_kwargs: Any
) -> int:
    """Move open assignments, drafts, replies and extensions; return how many assignments moved."""
    return assigning.take_over(department=department, into=into, on=on, actor=actor)
