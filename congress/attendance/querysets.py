"""Reads of rolls, and of sittings and sessions by their rolls."""

from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.db.models import Count, Q, QuerySet

from congress.bodies.querysets import CongressScopedQuerySet, sees_school

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
    # Each by itself: joined with one another, every mandate of a body meets every line of its rolls.
    own = apps.get_model("congress", "Delegate")._default_manager.of(user).values("congress")  # noqa: SLF001
    lines = apps.get_model("congress", "RollEntry")._default_manager.filter(person__user=user)  # noqa: SLF001
    sittings: Any = sessions.model._meta.get_field("sittings").related_model  # noqa: SLF001
    mine = sittings._default_manager.filter(Q(congress__in=own) | Q(pk__in=lines.values("sitting")))  # noqa: SLF001
    return sessions.filter(pk__in=mine.order_by().values("session"))


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
