"""Reads of surveys."""

import datetime as dt
from typing import TYPE_CHECKING, Self

from django.utils import timezone

from congress.bodies.querysets import CongressScopedQuerySet
from congress.surveys.enums import Audience, SurveyState

if TYPE_CHECKING:
    from union_portal.accounts.models.user import User


class SurveyQuerySet(CongressScopedQuerySet):
    """Surveys; a branch chair runs those that belong to a sitting of the own congress."""

    congress_path = "sitting__congress"

    def open_to(self, user: "User", *, on: dt.date | None = None) -> Self:
        """Return the open surveys that ask the person behind the account and have no answer yet."""
        day = on or timezone.localdate()
        return self.filter(
            state=SurveyState.OPEN,
            opens_on__lte=day,
            closes_on__gte=day,
            tickets__person__user=user,
            tickets__used=False,
            audience__in=list(Audience),
        )
