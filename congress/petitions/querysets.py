"""Reads of petitions: their handlers alone, and who filed them."""

from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.utils import timezone

from congress.petitions.enums import PetitionChannel, PetitionState

if TYPE_CHECKING:
    from union_portal.accounts.models.user import User


class PetitionQuerySet(models.QuerySet[Any]):
    """Petitions."""

    def visible_to(self, user: "User") -> Self:
        """Return only those the account handles: not even chair or administrator sees the others."""
        handled: Any = self.model.handlers.through.objects.filter(user_id=user.pk).values("petition_id")
        return self.filter(pk__in=handled)

    def filed_by(self, user: "User") -> Self:
        """Return what the account's owner filed on the own page: subject, state and answer are theirs to read."""
        return self.filter(person__user=user, entered_by=user, channel=PetitionChannel.PORTAL)

    def unanswered(self) -> Self:
        return self.filter(state__in=[PetitionState.RECEIVED, PetitionState.HANDLING])

    def overdue(self) -> Self:
        """Return the petitions not answered by their day."""
        return self.unanswered().filter(due_on__lt=timezone.localdate())
