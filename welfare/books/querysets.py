"""Who sees the whole school's welfare and money, and the reads that only they have."""

from typing import TYPE_CHECKING, Any, Self

from django.db import models

from union_portal.accounts.enums import Role
from union_portal.base.querysets import seen_through

if TYPE_CHECKING:
    from union_portal.accounts.models.user import User


SEES_ALL = (Role.CHAIR, Role.VICE_CHAIR, Role.WELFARE, Role.WOMEN, Role.FINANCE, Role.AUDIT)


class SchoolQuerySet(models.QuerySet[Any]):
    """Rows that only those see who see the whole school's welfare: life events, objections of the rules."""

    def visible_to(self, user: "User") -> Self:
        """Return all of them for welfare, finance and the chair, else none."""
        return self.all() if user.is_superuser or user.has_role(*SEES_ALL) else self.none()


class PersonalQuerySet(models.QuerySet[Any]):
    """Rows that belong to a person each: grants, covers."""

    def visible_to(self, user: "User") -> Self:
        """Return what the account may see: the school's, the own branch's, or only one's own."""
        if user.is_superuser or user.has_role(*SEES_ALL):
            return self.all()
        if user.has_role(Role.BRANCH_CHAIR):
            return seen_through(self, "person", user)
        return self.filter(person__user=user)
