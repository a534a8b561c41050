"""Part of the contribution: departments."""

from collections.abc import Iterator

from union_portal.accounts.models import User
from union_portal.base.portal import DeskItem, MemberItem, MemberPlace, Place

PLACES: tuple[Place, ...] = ()


def desk_items(user: User) -> Iterator[DeskItem]:  # noqa: ARG001
    """Yield what waits at the desk."""
    yield from ()


def member_items(user: User) -> Iterator[MemberItem]:  # noqa: ARG001
    """Yield what waits for the member."""
    yield from ()


def member_places(user: User) -> Iterator[MemberPlace]:  # noqa: ARG001
    """Yield the place at the thumb for who answers for a department."""
    yield from ()
