"""Reads of assignments and promises."""

from typing import TYPE_CHECKING, Any, Self

from django.db import models

from congress.handling.enums import FollowUpState

if TYPE_CHECKING:
    from union_portal.accounts.models.user import User


class AssignmentQuerySet(models.QuerySet[Any]):
    """Assignments."""

    def living(self) -> Self:
        """Return the assignments that stand."""
        return self.filter(ended_at__isnull=True)

    def leads(self) -> Self:
        """Return the standing lead assignments."""
        return self.living().filter(duty="lead")


class FollowUpQuerySet(models.QuerySet[Any]):
    """Promises that fall due."""

    def open(self) -> Self:
        """Return those not yet reported on."""
        return self.filter(state=FollowUpState.OPEN)

    def visible_to(self, user: "User") -> Self:
        """Return those of proposals the account may open."""
        proposals: Any = self.model._meta.get_field("proposal").related_model  # noqa: SLF001
        return self.filter(proposal__in=proposals.objects.visible_to(user))
