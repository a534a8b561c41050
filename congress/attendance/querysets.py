"""Reads of rolls, and of sittings and sessions by their rolls."""

from typing import TYPE_CHECKING, Any, Self

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from congress.bodies.querysets import CongressScopedQuerySet, sees_school
from union_portal.base.querysets import in_force

if TYPE_CHECKING:
    from union_portal.accounts.models.user import User


def with_roll_counts(sittings: "QuerySet[Any]") -> "QuerySet[Any]":
    """Annotate the roll: `roll_due`, `roll_present` (with a vote), `roll_excused`, `roll_sitting_in` (without)."""
    here = Q(roll__came_at__isnull=False, roll__left_at__isnull=True)
    votes = Q(roll__votes=True)
    counted: QuerySet[Any] = sittings.annotate(
        roll_due=Count("roll", filter=votes),
        roll_present=Count("roll", filter=votes & here),
        roll_excused=Count("roll", filter=votes & Q(roll__came_at__isnull=True) & ~Q(roll__excused="")),
        roll_sitting_in=Count("roll", filter=~votes & here),
    )
    return counted


def for_delegate(sessions: "QuerySet[Any]", user: "User") -> "QuerySet[Any]":
    """Return the sessions whose congress the account has a mandate in today, of any kind, or on whose roll it is."""
    mandates = "sittings__congress__delegates__"
    mandate = Q(**{f"{mandates}person__user": user}) & in_force(timezone.localdate(), mandates)
    mine = sessions.model._default_manager.filter(mandate | Q(sittings__roll__person__user=user))  # noqa: SLF001
    return sessions.filter(pk__in=mine.values("pk"))


class RollQuerySet(CongressScopedQuerySet):
    congress_path = "sitting__congress"

    def visible_to(self, user: "User") -> Self:
        if sees_school(user):
            return self.all()
        led = self._of_led(user).values("pk")
        return self.filter(Q(person__user=user) | Q(pk__in=led))

    def voting(self) -> Self:
        """Return the lines with a vote."""
        return self.filter(votes=True)

    def here(self) -> Self:
        """Return the lines of those who came and have not left."""
        return self.filter(came_at__isnull=False, left_at__isnull=True)
