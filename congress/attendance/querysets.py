"""Reads of rolls."""

from typing import TYPE_CHECKING, Self

from django.db.models import Q

from congress.bodies.querysets import CongressScopedQuerySet, sees_school

if TYPE_CHECKING:
    from union_portal.accounts.models.user import User


class RollQuerySet(CongressScopedQuerySet):
    """Lines of rolls."""

    congress_path = "sitting__congress"

    def visible_to(self, user: "User") -> Self:
        """Return all for school roles, for branch chairs the rolls of their congresses, else the own line."""
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
