"""Reads of suggestions, their drives and groups."""

import datetime as dt
from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Q

from congress.bodies.querysets import OfficeListQuerySet
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
        departments = apps.get_model("congress", "Department").objects.of(user)
        sent = Q(department__in=departments, state__in=[SuggestionState.SENT, SuggestionState.ANSWERED])
        return self.filter(Q(author__user=user) | sent)

    def sent_to(self, user: "User") -> Self:
        """Return what was sent to departments the account holds a post in; contact and head answer, leaders look."""
        mine = apps.get_model("congress", "Department").objects.of(user)
        return self.filter(department__in=mine, state__in=[SuggestionState.SENT, SuggestionState.ANSWERED])

    def overdue(self, *, on: dt.date) -> Self:
        """Return the suggestions their departments have not answered by the day."""
        return self.filter(state=SuggestionState.SENT, due_on__lt=on)

    def published_answers(self) -> Self:
        """Return answered suggestions that are shown to all members."""
        return self.filter(published=True, state=SuggestionState.ANSWERED)
