"""What the congress puts on the desk, at the thumb and on the member's page; one module per job."""

from collections.abc import Iterable, Iterator

from congress.author_desk import portal as author_desk_portal
from congress.awards import portal as awards_portal
from congress.delegates import portal as delegates_portal
from congress.department_desk import portal as department_desk_portal
from congress.proposal_desk import portal as proposal_desk_portal
from congress.session_desk.portal import sessions, votes
from congress.suggestions import portal as suggestions_portal
from union_portal.accounts.models import User
from union_portal.base.portal import Contribution, DeskFigure, DeskItem, Episode, MemberItem, MemberPlace

# What waits at the desk, and what waits for the member, in this order.
_AT_THE_DESK = (sessions, author_desk_portal, proposal_desk_portal, suggestions_portal, votes)
_FOR_MEMBERS = (sessions, author_desk_portal, department_desk_portal, suggestions_portal, votes)


def desk_items(user: User) -> Iterator[DeskItem]:
    """Yield what waits for the account, job by job."""
    for part in _AT_THE_DESK:
        yield from part.desk_items(user)


def desk_figures(user: User, year: int) -> Iterator[DeskFigure]:
    """Yield the year's figures."""
    yield from author_desk_portal.desk_figures(user, year)


def member_items(user: User) -> Iterator[MemberItem]:
    """Yield what waits for the member: to second, to rate, to attend, to answer."""
    for part in _FOR_MEMBERS:
        yield from part.member_items(user)


def member_places(user: User) -> Iterator[MemberPlace]:
    """Yield the places at the thumb: proposals for delegates, the own desk for departments."""
    yield from author_desk_portal.member_places(user)
    yield from department_desk_portal.member_places(user)


def person_episodes(user: User, person_id: int) -> Iterable[Episode]:
    """Return a person's mandates and offices, for the register's page."""
    return delegates_portal.person_episodes(user, person_id)


CONTRIBUTION = Contribution(
    app="congress",
    desk_items=desk_items,
    desk_figures=desk_figures,
    member_items=member_items,
    member_places=member_places,
    member_papers=suggestions_portal.member_papers,
    person_episodes=person_episodes,
    places=(*sessions.PLACES, *author_desk_portal.PLACES, *awards_portal.PLACES, *suggestions_portal.PLACES),
)
