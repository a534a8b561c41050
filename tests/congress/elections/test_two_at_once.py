"""Two browsers at the same moment: one arrival, one opening, one ballot, one confirmed count; nobody waits for ever."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.utils import timezone

from congress.attendance.enums import CheckIn
from congress.attendance.models import RollEntry
from congress.attendance.services import quorum, roll
from congress.delegates.models import Delegate
from congress.delegates.services import mandates
from congress.elections.models import Election
from congress.elections.services import elections
from congress.sessions.enums import SittingState
from congress.sessions.models import Sitting, SittingMove
from congress.sessions.services import agenda
from congress.voting.enums import BallotMethod, BallotResult
from congress.voting.models import Ballot, BallotMove
from congress.voting.services import ballots
from congress.voting.services.counting import Papers
from tests.factories import attendance, bodies, committees, delegates, members
from tests.factories import sessions as voting
from union_portal.base.errors import Refused


def at_once(*works: Callable[[], object]) -> list[object]:
    """Do all the works at the same moment, each on a connection of its own; refusals are returned."""
    start = threading.Barrier(len(works))

    def one(work: Callable[[], object]) -> object:
        try:
            start.wait()
            return work()
        except Refused as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as browsers:
        return list(browsers.map(one, works))


def refusals(results: list[object]) -> int:
    return sum(isinstance(one, Refused) for one in results)


def test_one_person_is_checked_in_once_and_one_opening_counts_everybody_who_came_before() -> None:
    sitting = attendance.sitting(due=9, present=5, opened=False)
    entry = sitting.roll.filter(came_at=None).first()
    assert entry is not None
    officer = bodies.officer()
    results = at_once(
        *[lambda: roll.check_in_from_list(entry=entry, actor=officer)] * 2,
        *[lambda: roll.check_in_at_door(session=sitting.session, code=entry.code, actor=officer)] * 2,
    )
    assert refusals(results) == 3
    # Six of nine are here: the quorum. Four press “open” while the others come in.
    rest = list(sitting.roll.filter(came_at=None))
    results = at_once(
        *[lambda: quorum.open_sitting(subject=sitting, actor=officer)] * 4,
        *[lambda one=one: roll.check_in_at_door(session=sitting.session, code=one.code, actor=officer) for one in rest],
    )
    assert refusals(results) == 3
    sitting.refresh_from_db()
    assert SittingMove.objects.filter(subject=sitting, action="open").count() == 1
    before = RollEntry.objects.filter(sitting=sitting, came_at__lt=sitting.opened_at).count()
    assert (sitting.state, sitting.due, sitting.present) == (SittingState.OPEN, 9, before)
    assert sitting.roll.filter(check_in=CheckIn.CODE).count() >= len(rest)
    assert sitting.roll.here().count() == 9


def test_one_item_gets_one_ballot_one_count_and_one_confirmation() -> None:
    sitting = attendance.sitting(due=9)
    item, other = voting.item(sitting), voting.item(sitting, title="另一事项")
    scrutineer = attendance.voters(sitting)[-1]
    assert scrutineer.user is not None
    officer, leader, watcher = bodies.officer(), bodies.leader(), scrutineer.user
    # Somebody arranges the agenda meanwhile; neither waits for the other for ever.
    results = at_once(
        *[
            lambda: ballots.open_ballot(item=item, method=BallotMethod.PAPER, actor=officer, scrutineer=scrutineer)
            for _number in range(3)
        ],
        *[lambda up=up: agenda.move_item(item=other, up=up) for up in (True, False)],
    )
    assert refusals(results) == 2
    ballot = Ballot.objects.get()
    first, second = ballots.Votes(9, 0, 0), ballots.Votes(4, 5, 0)
    papers = Papers(9, 9, 9, 0)
    results = at_once(
        *[
            lambda votes=votes: ballots.enter_count(sheet=ballot, votes=votes, papers=papers, actor=officer)
            for votes in (first, second)
        ]
    )
    assert refusals(results) == 1
    results = at_once(
        lambda: ballots.confirm(sheet=ballot, actor=watcher),
        lambda: ballots.confirm(sheet=ballot, actor=leader, signed_sheet="1号"),
        lambda: ballots.confirm(sheet=ballot, actor=watcher),
    )
    assert refusals(results) == 2
    ballot.refresh_from_db()
    assert ballot.result == (BallotResult.CARRIED if ballot.votes_for == 9 else BallotResult.LOST)
    assert BallotMove.objects.filter(subject=ballot, action="confirm").count() == 1


def test_an_election_is_opened_once_and_its_open_seats_are_either_filled_or_left() -> None:
    sitting = attendance.sitting(due=9)
    committee, people = committees.committee(), [members.member() for _number in range(3)]
    officer = bodies.officer()
    results = at_once(
        *[
            lambda: elections.open_election(
                sitting=sitting, committee=committee, seats=2, people=people, actor=officer, min_surplus=5
            )
        ]
        * 2
    )
    assert refusals(results) == 1
    election = Election.objects.get()
    votes = dict(zip(election.candidates.values_list("pk", flat=True), (9, 3, 3), strict=True))
    scrutineer = attendance.voters(sitting)[-1]
    elections.enter_count(sheet=election, votes=votes, papers=Papers(9, 9, 9, 0), actor=officer, scrutineer=scrutineer)
    assert scrutineer.user is not None
    elections.confirm(sheet=election, actor=scrutineer.user)
    results = at_once(
        lambda: elections.leave_open(election=election, why="空缺", actor=officer),
        lambda: elections.second_round(election=election, actor=officer),
        lambda: elections.second_round(election=election, actor=officer),
    )
    assert refusals(results) == 2
    election.refresh_from_db()
    assert (election.left_open is None) is (Election.objects.count() == 2)


def test_delegates_entered_while_the_roll_is_drawn_up_stand_on_it_once_with_codes_of_their_own() -> None:
    congress = bodies.congress()
    for _number in range(3):
        delegates.delegate(of=congress)
    sitting = voting.session(congress, convened_on=timezone.localdate()).sittings.get()
    roll.draw_up(sitting=sitting)
    new = [members.member() for _number in range(4)]
    at_once(
        *[lambda one=one: mandates.elect(congress=congress, person=one, on=bodies.BEGAN) for one in new],
        lambda: roll.draw_up(sitting=sitting),
    )
    assert Delegate.objects.count() == 7
    lines = Sitting.objects.get().roll
    assert lines.count() == 7
    assert lines.values("code").distinct().count() == 7


pytestmark = [pytest.mark.attack, pytest.mark.django_db(transaction=True)]
