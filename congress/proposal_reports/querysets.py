"""Reads of reports on proposals."""

from typing import TYPE_CHECKING, Any, Self

from django.db import models

from congress.drives.querysets import reads_all

if TYPE_CHECKING:
    from union_portal.accounts.models.user import User


class ProposalReportQuerySet(models.QuerySet[Any]):
    """Reports on proposals."""

    def visible_to(self, user: "User") -> Self:
        """Return all for who reads every proposal, else none."""
        return self.all() if reads_all(user) else self.none()
