"""Part of the contribution: proposals."""

from collections.abc import Iterator

from union_portal.accounts.models import User
from union_portal.base.portal import DeskFigure, DeskItem, MemberItem, MemberPlace, Place

PLACES: tuple[Place, ...] = ()


def desk_items(user: User) -> Iterator[DeskItem]:  # noqa: ARG001
    """Yield what waits at the desk."""
    yield from ()


def member_items(user: User) -> Iterator[MemberItem]:  # noqa: ARG001
    """Yield what waits for the member."""
    yield from ()


def desk_figures(user: User, year: int) -> Iterator[DeskFigure]:  # noqa: ARG001
    """Yield the year's figures."""
    yield from ()


def member_places(user: User) -> Iterator[MemberPlace]:  # noqa: ARG001
    """Yield the place at the thumb for delegates."""
    yield from ()
