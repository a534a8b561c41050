"""Reads of waiting uploads."""

import datetime as dt
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.utils import timezone

from union_portal.accounts.rules import sees_school
from union_portal.base.importing.kinds import kinds

if TYPE_CHECKING:
    from union_portal.accounts.models.user import User


def may_import(user: "User") -> list[str]:
    """Return the kinds that the account may import."""
    return [resource.kind.key for resource in kinds() if user.has_perm(resource.kind.permission)]


class ImportRecordQuerySet(models.QuerySet[Any]):
    """What was imported."""

    def visible_to(self, user: "User") -> Self:
        """Return the imports of kinds that the account may import; a branch's officer sees the own ones."""
        found = self.filter(kind__in=may_import(user))
        return found if sees_school(user) else found.filter(actor=user)


class PendingImportQuerySet(models.QuerySet[Any]):
    """Uploads that wait for confirmation."""

    def visible_to(self, user: "User") -> Self:
        """Return the account's own uploads of kinds it may import: nobody confirms another's."""
        return self.of(user, may_import(user))

    def of(self, user: "User", kinds: list[str]) -> Self:
        """Return the account's own uploads of these kinds."""
        return self.filter(owner=user, kind__in=kinds)

    def waiting(self, *, now: dt.datetime | None = None) -> Self:
        """Return what can still be confirmed."""
        return self.filter(confirmed_at=None, expires_at__gt=now or timezone.now()).without_fingerprints()

    def without_fingerprints(self) -> Self:
        """Leave out what only the confirmation reads: one hash for each row of the file."""
        return self.defer("fingerprint")

    def over(self, *, now: dt.datetime) -> Self:
        """Return what has expired, or was confirmed and is no longer needed."""
        return self.filter(models.Q(expires_at__lte=now))
