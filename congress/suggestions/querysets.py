"""Reads of suggestions, their drives and groups."""

import datetime as dt
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Q

from congress.bodies.querysets import OfficeListQuerySet
from congress.departments.enums import DepartmentDuty
from congress.drives.querysets import reads_all
from congress.suggestions.enums import SuggestionState

if TYPE_CHECKING:
    from union_portal.accounts.models.user import User


class SuggestionDriveQuerySet(OfficeListQuerySet):
    """Drives for suggestions."""

    def running(self, *, on: dt.date) -> Self:
        """Return the drives that take suggestions on the day."""
        return self.filter(opens_on__lte=on, closes_on__gte=on)


class SuggestionQuerySet(models.QuerySet[Any]):
    """Suggestions."""

    def visible_to(self, user: "User") -> Self:
        """Return all for the office, else the account's own and those sent to its departments."""
        if reads_all(user):
            return self.all()
        return self.filter(Q(author__user=user) | Q(pk__in=self.sent_to(user).order_by().values("pk")))

    def standing(self) -> Self:
        """Return those that count: not the ones of a list that was taken back."""
        return self.exclude(state=SuggestionState.ANNULLED)

    def sent_to(self, user: "User", *duties: DepartmentDuty) -> Self:
        """Return what was sent to departments the account holds a post in, in any of the duties when some are named."""
        departments: Any = self.model._meta.get_field("department").related_model  # noqa: SLF001
        mine = departments.objects.of(user, *duties)
        return self.filter(department__in=mine, state__in=[SuggestionState.SENT, SuggestionState.ANSWERED])

    def overdue(self, *, on: dt.date) -> Self:
        """Return the suggestions their departments have not answered by the day."""
        return self.filter(state=SuggestionState.SENT, due_on__lt=on)

    def published_answers(self) -> Self:
        """Return answered suggestions that are shown to all members."""
        return self.filter(published=True, state=SuggestionState.ANSWERED)
