"""What the congress puts on the desk, at the thumb and on the member's page; one module per job."""

from collections.abc import Iterable, Iterator

from congress.portal import departments, proposals, sessions, voices, voting
from union_portal.accounts.models import User
from union_portal.base.portal import Contribution, DeskFigure, DeskItem, Episode, MemberItem, MemberPlace

_PARTS = (sessions, proposals, departments, voices, voting)


def desk_items(user: User) -> Iterator[DeskItem]:
    """Yield what waits for the account, job by job."""
    for part in _PARTS:
        yield from part.desk_items(user)


def desk_figures(user: User, year: int) -> Iterator[DeskFigure]:
    """Yield the year's figures."""
    yield from proposals.desk_figures(user, year)


def member_items(user: User) -> Iterator[MemberItem]:
    """Yield what waits for the member: to second, to rate, to attend, to answer."""
    for part in _PARTS:
        yield from part.member_items(user)


def member_places(user: User) -> Iterator[MemberPlace]:
    """Yield the places at the thumb: proposals for delegates, the own desk for departments."""
    yield from proposals.member_places(user)
    yield from departments.member_places(user)


def person_episodes(user: User, person_id: int) -> Iterable[Episode]:
    """Return a person's mandates and offices, for the register's page."""
    return sessions.person_episodes(user, person_id)


CONTRIBUTION = Contribution(
    app="congress",
    desk_items=desk_items,
    desk_figures=desk_figures,
    member_items=member_items,
    member_places=member_places,
    member_papers=voices.member_papers,
    person_episodes=person_episodes,
    places=(*sessions.PLACES, *proposals.PLACES, *departments.PLACES, *voices.PLACES),
)
