"""Reads of departments and of who answers for them."""

import datetime as dt
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from congress.bodies.querysets import sees_school
from congress.departments.enums import DepartmentDuty
from union_portal.base.querysets import DatedQuerySet

if TYPE_CHECKING:
    from union_portal.accounts.models.user import User


class DepartmentQuerySet(models.QuerySet[Any]):
    """Departments."""

    def visible_to(self, user: "User") -> Self:
        return self.all() if sees_school(user) else self.of(user)

    def standing(self, *, on: dt.date) -> Self:
        """Return departments not closed on the day."""
        return self.filter(Q(closed_on__isnull=True) | Q(closed_on__gt=on))

    def of(self, user: "User", *duties: DepartmentDuty) -> Self:
        """Return the departments the account answers for today, in any of the duties (all when none is named)."""
        posts: Any = self.model._meta.get_field("posts").related_model  # noqa: SLF001
        held = posts.objects.in_force(on=timezone.localdate()).filter(person__user=user)
        if duties:
            held = held.filter(duty__in=duties)
        return self.filter(pk__in=held.order_by().values("department"))


class DepartmentPostQuerySet(DatedQuerySet):
    """Posts in departments."""

    def visible_to(self, user: "User") -> Self:
        return self.all() if sees_school(user) else self.filter(person__user=user)
