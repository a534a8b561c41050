"""Findings that are not settled go with their department."""

from typing import Any

from django.dispatch import receiver

from congress.departments.models import Department
from congress.departments.signals import department_merged
from congress.inspections.enums import FindingState
from congress.inspections.models import Finding


@receiver(department_merged)
def hand_on_findings(*, department: Department, into: Department, **_kwargs: Any) -> int:
    """Move the open findings; they are not counted among the assignments."""
    Finding.objects.filter(department=department, state=FindingState.OPEN).update(department=into)
    return 0
