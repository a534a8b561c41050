"""Suggestions that are not answered go with their department."""

from typing import Any

from django.dispatch import receiver

from congress.departments.models import Department
from congress.departments.signals import department_merged
from congress.suggestions.enums import SuggestionState
from congress.suggestions.models import Suggestion


@receiver(department_merged)
def hand_on_suggestions(*, department: Department, into: Department, **_kwargs: Any) -> int:
    """Move the suggestions sent to the department; they are not counted among the assignments."""
    Suggestion.objects.filter(department=department, state=SuggestionState.SENT).update(department=into)
    return 0
