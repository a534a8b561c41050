"""Ballots."""

import pytest

from congress.sessions.models import Sitting
from congress.voting.enums import BallotMethod
from congress.voting.models import Ballot
from congress.voting.services import ballots
from congress.voting.services.ballots import Votes
from congress.voting.services.counting import Papers
from tests.factories import attendance
from tests.factories.attendance import voters
from tests.factories.sessions import item
from union_portal.accounts.models import User


def counted_ballot(*, actor: User) -> Ballot:
    """Return a ballot of nine that waits for its scrutineer: five for, four against."""
    made = ballot(attendance.sitting())
    return ballots.enter_count(sheet=made, votes=Votes(5, 4, 0), papers=Papers(9, 9, 9, 0), actor=actor)


pytestmark = pytest.mark.django_db


def ballot(one: Sitting, *, method: BallotMethod = BallotMethod.PAPER, actor: User | None = None) -> Ballot:
    """Open a ballot whose scrutineer is the last of the roll."""
    return ballots.open_ballot(item=item(one), method=method, actor=actor, scrutineer=voters(one)[-1])
