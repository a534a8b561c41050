"""The ways to benefit statements: the own one, and a person's for staff."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.urls import reverse

if TYPE_CHECKING:
    from union_portal.accounts.models.user import User


def own_papers(user: "User") -> Iterator[tuple[Any, str]]:  # noqa: ARG001
    yield "福利享受单", reverse("home:statement")


def links_of_person(user: "User", person_id: int) -> Iterator[tuple[Any, str]]:
    if user.has_perm("welfare.view_grant"):
        yield "福利享受单", reverse("home:person_statement", args=[person_id])
