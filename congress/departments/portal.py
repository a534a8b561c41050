"""Whom a department's pages concern."""

from django.db.models import QuerySet
from django.utils import timezone

from congress.departments.models import DepartmentPost
from union_portal.accounts.models import User


def posts_of(user: User) -> "list[QuerySet[DepartmentPost]]":
    """Return the posts that the account holds in departments today, as one of the things that concern a member."""
    return [DepartmentPost.objects.filter(person__user=user).in_force(on=timezone.localdate())]
