"""Reads of sessions and sittings, and the scope of what belongs to them."""

import datetime as dt
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Min

from congress.bodies.querysets import CongressScopedQuerySet, runs_school, sees_school
from congress.sessions.enums import RUNNING, SittingState
from union_portal.base.querysets import seen_through

if TYPE_CHECKING:
    from union_portal.accounts.models.user import User


class SittingQuerySet(CongressScopedQuerySet):
    def held(self) -> Self:
        """Return sittings that took or take place."""
        return self.filter(state__in=[SittingState.OPEN, SittingState.CLOSED])

    def opened_on(self, *, on: dt.date) -> dt.date | None:
        """Return the day of the first session of the school's terms of the day: since when 本届 has been at work."""
        terms = {"congress__branch": None, "congress__began_on__lte": on, "congress__ends_on__gte": on}
        first: dt.date | None = self.held().filter(**terms).aggregate(first=Min("session__convened_on"))["first"]
        return first

    def running(self) -> Self:
        """Return sittings that are prepared or take place."""
        return self.filter(state__in=RUNNING)


class SessionQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: "User") -> Self:
        if sees_school(user):
            return self.all()
        return self.filter(pk__in=self._sittings().visible_to(user).values("session"))

    def run_by(self, user: "User") -> Self:
        if runs_school(user):
            return self.all()
        return self.filter(pk__in=self._sittings().run_by(user).values("session"))

    def _sittings(self) -> Any:
        sittings: Any = self.model._meta.get_field("sittings").related_model  # noqa: SLF001
        return sittings.objects


class OfSessionQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: "User") -> Self:
        return seen_through(self, "session", user)

    def run_by(self, user: "User") -> Self:
        sessions: Any = self.model._meta.get_field("session").related_model  # noqa: SLF001
        return self.filter(session__in=sessions.objects.run_by(user))


class AgendaQuerySet(CongressScopedQuerySet):
    congress_path = "sitting__congress"


class OfSittingQuerySet(CongressScopedQuerySet):
    """Ballots, elections, resolutions; a model whose way to the congress is another says so in `congress_path`."""

    congress_path = "sitting__congress"
