"""Reads of sessions and sittings, and the scope of what belongs to them."""

from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Count, Q
from django.utils import timezone

from congress.bodies.querysets import CongressScopedQuerySet, in_force, runs_school, sees_school
from congress.ratings.querysets import TOTAL_KINDS
from congress.sessions.enums import SittingState

if TYPE_CHECKING:
    from union_portal.accounts.models.user import User


class SittingQuerySet(CongressScopedQuerySet):
    """Sittings."""

    def held(self) -> Self:
        """Return sittings that took or take place."""
        return self.filter(state__in=[SittingState.OPEN, SittingState.CLOSED])

    def counted(self) -> Self:
        """Annotate the roll: `roll_due`, `roll_present` (with a vote), `roll_excused`, `roll_sitting_in` (without)."""
        here = Q(roll__came_at__isnull=False, roll__left_at__isnull=True)
        votes = Q(roll__votes=True)
        return self.annotate(
            roll_due=Count("roll", filter=votes),
            roll_present=Count("roll", filter=votes & here),
            roll_excused=Count("roll", filter=votes & Q(roll__came_at__isnull=True) & ~Q(roll__excused="")),
            roll_sitting_in=Count("roll", filter=~votes & here),
        )


class SessionQuerySet(models.QuerySet[Any]):
    """Sessions."""

    def visible_to(self, user: "User") -> Self:
        """Return the sessions with a sitting that the account may see."""
        if sees_school(user):
            return self.all()
        return self.filter(pk__in=self._sittings().visible_to(user).values("session"))

    def run_by(self, user: "User") -> Self:
        """Return the sessions the account runs: all for the congress office, else those of the own branches."""
        if runs_school(user):
            return self.all()
        return self.filter(pk__in=self._sittings().run_by(user).values("session"))

    def _sittings(self) -> Any:
        sittings: Any = self.model._meta.get_field("sittings").related_model  # noqa: SLF001
        return sittings.objects

    def accountable(self) -> Self:
        """Return the sessions a report on proposals may cover: some collected, or a total (往年数据补录) says so."""
        totals: Any = apps.get_model("members", "SummaryRecord").objects.filter(
            kinds__overlap=TOTAL_KINDS,
            period_start__lte=models.OuterRef("convened_on"),
            period_end__gte=models.OuterRef("convened_on"),
        )
        held = Q(sittings__state=SittingState.CLOSED, sittings__congress__branch__isnull=True)
        return self.filter(Q(drive__isnull=False) | held & Q(models.Exists(totals))).distinct()

    def for_delegate(self, user: "User") -> Self:
        """Return the sessions whose congress the account has a mandate in today, as delegate, observer or guest."""
        mandate = Q(sittings__congress__delegates__person__user=user) & in_force(
            "sittings__congress__delegates__", on=timezone.localdate()
        )
        on_roll = Q(sittings__roll__person__user=user)
        mine = self.model._default_manager.filter(mandate | on_roll).values("pk")  # noqa: SLF001
        return self.filter(pk__in=mine)


class OfSessionQuerySet(models.QuerySet[Any]):
    """Rows with a session."""

    def visible_to(self, user: "User") -> Self:
        """Return the rows of the sessions that the account may see."""
        sessions: Any = self.model._meta.get_field("session").related_model  # noqa: SLF001
        return self.filter(session__in=sessions.objects.visible_to(user))

    def run_by(self, user: "User") -> Self:
        """Return the rows of the sessions that the account runs."""
        sessions: Any = self.model._meta.get_field("session").related_model  # noqa: SLF001
        return self.filter(session__in=sessions.objects.run_by(user))


class AgendaQuerySet(CongressScopedQuerySet):
    """Agenda items."""

    congress_path = "sitting__congress"


class OfSittingQuerySet(CongressScopedQuerySet):
    """Ballots, elections, resolutions; a model whose way to the congress is another says so in `congress_path`."""

    congress_path = "sitting__congress"
