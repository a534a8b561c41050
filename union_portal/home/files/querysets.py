"""Reads of the files that were asked for."""

import datetime as dt
from typing import TYPE_CHECKING, Any, Self

from django.db import models

from union_portal.base.models.papers import PaperState

if TYPE_CHECKING:
    from union_portal.accounts.models.user import User


class AskedFileQuerySet(models.QuerySet[Any]):
    """Files that were asked for."""

    def visible_to(self, user: "User") -> Self:
        """Return the account's own: nobody looks at another's."""
        return self.filter(requested_by=user)

    def under_way(self) -> Self:
        """Return what is not made yet."""
        return self.filter(state__in=[PaperState.WAITING, PaperState.WORKING])

    def not_taken(self) -> Self:
        """Return what its asker has not taken yet, made or not."""
        return self.filter(taken_at=None)

    def older_than(self, moment: dt.datetime) -> Self:
        """Return what was asked for before the moment."""
        return self.filter(requested_at__lt=moment)
