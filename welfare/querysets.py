"""Reads of rounds, grants and covers in business words."""

import datetime as dt
from typing import TYPE_CHECKING, Any, Self

from django.db import models

from union_portal.accounts.enums import Role
from welfare.enums import GIVEN, LIVING

if TYPE_CHECKING:
    from union_portal.accounts.models import User

SEES_ALL = (Role.CHAIR, Role.VICE_CHAIR, Role.WELFARE, Role.WOMEN, Role.FINANCE, Role.AUDIT)


def _whose(queryset: "models.QuerySet[Any]", user: "User") -> "models.QuerySet[Any]":
    people: Any = queryset.model._meta.get_field("person").related_model  # noqa: SLF001
    visible: models.QuerySet[Any] = people._default_manager.visible_to(user)  # noqa: SLF001
    return visible


class RoundQuerySet(models.QuerySet[Any]):
    """Rounds."""

    def visible_to(self, user: "User") -> Self:
        """Return the rounds the account may see: all for welfare, finance and the chair, else none."""
        return self.all() if user.is_superuser or user.has_role(*SEES_ALL) else self.none()


class GrantQuerySet(models.QuerySet[Any]):
    """Grants."""

    def living(self) -> Self:
        """Return the grants that stand."""
        return self.filter(state__in=LIVING)

    def given(self) -> Self:
        """Return the grants that arrived."""
        return self.filter(state__in=GIVEN)

    def within(self, start: dt.date, end: dt.date) -> Self:
        """Return the grants of these days, both inclusive."""
        return self.filter(granted_on__range=(start, end))

    def visible_to(self, user: "User") -> Self:
        """Return the grants the account may see: the school's, the own branch's, or only one's own."""
        if user.is_superuser or user.has_role(*SEES_ALL):
            return self.all()
        if user.has_role(Role.BRANCH_CHAIR):
            return self.filter(person__in=_whose(self, user).values("pk"))
        return self.filter(person__user=user)


class CoverQuerySet(models.QuerySet[Any]):
    """Covers."""

    def in_force(self, *, on: dt.date) -> Self:
        """Return the covers that hold on the day."""
        return self.filter(starts_on__lte=on, ends_on__gte=on)

    def visible_to(self, user: "User") -> Self:
        """Return the covers the account may see."""
        if user.is_superuser or user.has_role(*SEES_ALL):
            return self.all()
        if user.has_role(Role.BRANCH_CHAIR):
            return self.filter(person__in=_whose(self, user).values("pk"))
        return self.filter(person__user=user)


class SchoolQuerySet(models.QuerySet[Any]):
    """Rows that only those see who see the whole school's welfare: life events, objections of the rules."""

    def visible_to(self, user: "User") -> Self:
        """Return all of them for welfare, finance and the chair, else none."""
        return self.all() if user.is_superuser or user.has_role(*SEES_ALL) else self.none()
