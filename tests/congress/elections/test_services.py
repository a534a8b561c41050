"""Elections: 差额, who is elected, ties, second rounds, people written in, and seats that begin with the approval."""

import datetime as dt

import pytest
from django.utils import timezone

from congress.committees.models import CommitteeSeat
from congress.elections.models import Election
from congress.elections.services import elections, outcomes
from congress.resolutions.renderers import context
from congress.sessions.enums import AgendaKind, AgendaOutcome
from congress.voting.enums import BallotState
from congress.voting.services import counting
from congress.voting.services.counting import Papers
from members.people.models import Person
from tests.factories import attendance, bodies, committees, members, sessions
from tests.factories import elections as voting
from union_portal.base.errors import Refused

NAMES = ["丁一", "王二", "李三", "赵四"]


def count(election: Election, *votes: int, written_in: tuple[tuple[Person, int], ...] = ()) -> Election:
    """Enter and confirm votes in the order of the candidates."""
    keys = election.candidates.values_list("pk", flat=True)
    elections.enter_count(
        sheet=election,
        votes=dict(zip(keys, votes, strict=True)),
        papers=Papers(election.present, election.present, election.present, 0),
        written_in=written_in,
        actor=bodies.officer(),
    )
    return elections.confirm(sheet=election, actor=bodies.officer(), signed_sheet="计票单")


def elected(election: Election) -> list[str]:
    return [one.person.name for one in outcomes.elected_in(election=election)]


@pytest.mark.parametrize(("seats", "surplus", "least"), [(3, 5, 4), (20, 5, 21), (21, 5, 23), (9, 10, 10), (5, 0, 5)])
def test_the_surplus_is_rounded_up(seats: int, surplus: int, least: int) -> None:
    assert outcomes.least_candidates(seats=seats, min_surplus=surplus) == least


def test_too_few_candidates_open_no_election() -> None:
    one = attendance.sitting()
    with pytest.raises(Refused) as refused:
        voting.election(one, seats=4, names=NAMES)
    assert refused.value.field == "people"
    assert "5" in str(refused.value)
    assert not Election.objects.exists()


def test_candidates_stand_in_the_order_of_strokes() -> None:
    election = voting.election(attendance.sitting(), seats=3, names=["赵四", "丁一", "李三", "王二"])
    assert [one.person.name for one in election.candidates.all()] == NAMES


def test_an_election_needs_the_quorum() -> None:
    one = attendance.sitting(due=9, present=6)
    attendance.leave(one, 1)
    with pytest.raises(Refused) as refused:
        voting.election(one, seats=3, names=NAMES)
    assert refused.value.code == "quorum"


def test_more_above_half_than_seats_the_most_votes_win_and_half_of_all_due_is_not_enough() -> None:
    election = voting.election(attendance.sitting(due=10, present=8), seats=3, names=NAMES)
    count(election, 8, 5, 6, 4)
    assert elected(election) == ["丁一", "李三"]
    assert outcomes.outcome_of(election).open_seats == 1
    crowded = attendance.sitting(due=10, present=8)
    full = elections.open_election(
        sitting=crowded,
        committee=committees.committee(name="女职工委员会"),
        seats=2,
        people=[members.member(name=name) for name in NAMES],
        scrutineer=attendance.voters(crowded)[-1],
        actor=None,
    )
    count(full, 6, 2, 7, 1)
    assert elected(full) == ["丁一", "李三"]


def test_a_tie_at_the_last_seat_goes_to_a_second_round_of_those_level() -> None:
    election = voting.election(attendance.sitting(due=9), seats=2, names=NAMES[:3])
    count(election, 8, 5, 5)
    found = outcomes.outcome_of(election)
    assert elected(election) == ["丁一"]
    assert [one.person.name for one in found.tied] == ["王二", "李三"]
    later = elections.second_round(election=election, actor=None)
    assert (later.seats, later.first_round) == (1, election)
    assert [one.person.name for one in later.candidates.all()] == ["王二", "李三"]
    with pytest.raises(Refused):
        elections.second_round(election=election, actor=None)
    count(later, 4, 5)
    assert elected(election) == ["丁一", "李三"]


def test_those_level_had_their_majority_and_most_votes_decide_between_them() -> None:
    election = voting.election(attendance.sitting(due=20), seats=2, names=NAMES[:3])
    count(election, 18, 11, 11)
    later = elections.second_round(election=election, actor=None)
    assert "得票多者" in later.elects
    with pytest.raises(Refused) as refused:
        count(later, 9, 9, written_in=((members.member(name="孙五"), 1),))
    assert refused.value.field == "written_in"
    count(later, 10, 9)
    assert elected(election) == ["丁一", "王二"]
    assert outcomes.outcome_of(later).open_seats == 0
    said = str(context(session=election.sitting.session, union="工会", title="纪要"))
    assert "得票多者当选" in said
    assert "发出选票20张，收回20张，其中有效票20张，无效票0张" in said


def test_those_level_again_vote_again_and_a_round_of_all_who_are_left_asks_for_the_majority() -> None:
    election = voting.election(attendance.sitting(due=20), seats=2, names=NAMES[:3])
    count(election, 18, 11, 11)
    again = elections.second_round(
        election=count(elections.second_round(election=election, actor=None), 9, 9), actor=None
    )
    assert again.by_most_votes
    count(again, 3, 2)
    assert elected(election) == ["丁一", "王二"]
    few = voting.election(attendance.sitting(due=20), seats=2, names=NAMES[:3])
    count(few, 18, 9, 8)
    later = elections.second_round(election=few, actor=None)
    count(later, 10, 9)
    assert elected(few) == ["丁一"]


def test_open_seats_go_to_a_second_round_of_all_who_are_left_and_settle_the_item() -> None:
    one = attendance.sitting(due=9)
    item = sessions.item(one, kind=AgendaKind.ELECT, title="选举工会委员会")
    election = voting.election(one, seats=3, names=NAMES, item=item)
    count(election, 9, 4, 3, 8)
    item.refresh_from_db()
    assert item.outcome == AgendaOutcome.PENDING
    later = elections.second_round(election=election, actor=None)
    assert [each.person.name for each in later.candidates.all()] == ["王二", "李三"]
    count(later, 6, 3)
    item.refresh_from_db()
    assert item.outcome == AgendaOutcome.PASSED
    assert item.became != item.get_outcome_display()
    with pytest.raises(Refused):
        elections.second_round(election=later, actor=None)


def test_somebody_written_in_is_elected_like_a_candidate() -> None:
    election = voting.election(attendance.sitting(due=9), seats=3, names=NAMES)
    other = members.member(name="孙五")
    count(election, 9, 9, 2, 1, written_in=((other, 6),))
    assert elected(election) == ["丁一", "王二", "孙五"]


@pytest.mark.parametrize(
    ("votes", "field"),
    [((10, 0, 0, 0), "votes_"), ((9, 9, 9, 1), "valid")],
)
def test_votes_fit_the_papers(votes: tuple[int, ...], field: str) -> None:
    election = voting.election(attendance.sitting(due=9), seats=3, names=NAMES)
    with pytest.raises(Refused) as refused:
        count(election, *votes)
    assert (refused.value.field or "").startswith(field)
    election.refresh_from_db()
    assert election.state == BallotState.OPEN


def test_a_candidate_does_not_count_and_stands_once() -> None:
    one = attendance.sitting()
    voter = attendance.voters(one)[0]
    with pytest.raises(Refused) as refused:
        elections.open_election(
            sitting=one,
            committee=committees.committee(),
            seats=1,
            people=[voter, members.member()],
            scrutineer=voter,
            actor=None,
        )
    assert refused.value.field == "scrutineer"
    election = voting.election(attendance.sitting(), seats=3, names=NAMES)
    standing = election.candidates.first()
    assert standing is not None
    with pytest.raises(Refused) as refused:
        count(election, 1, 1, 1, 1, written_in=((standing.person, 1),))
    assert refused.value.field == "written_in"


def test_seats_begin_with_the_approval_and_not_before() -> None:
    election = voting.election(attendance.sitting(due=9), seats=3, names=NAMES)
    with pytest.raises(Refused):
        elections.approve(election=election, on=timezone.localdate(), document="批复〔2026〕1号")
    count(election, 9, 8, 7, 1)
    assert not CommitteeSeat.objects.exists()
    today = timezone.localdate()
    for day, document in ((today + dt.timedelta(days=1), "x"), (today - dt.timedelta(days=1), "x"), (today, " ")):
        with pytest.raises(Refused):
            elections.approve(election=election, on=day, document=document)
    seats = elections.approve(election=election, on=today, document="批复〔2026〕1号")
    assert [(seat.person.name, seat.valid_from, seat.document) for seat in seats] == [
        (name, today, "批复〔2026〕1号") for name in NAMES[:3]
    ]
    with pytest.raises(Refused):
        elections.approve(election=election, on=today, document="x")


def test_a_recount_takes_the_votes_off_and_a_void_election_can_be_opened_again() -> None:
    one = attendance.sitting(due=9)
    election = voting.election(one, seats=3, names=NAMES)
    keys = list(election.candidates.values_list("pk", flat=True))
    elections.enter_count(
        sheet=election,
        votes=dict.fromkeys(keys, 2),
        papers=Papers(9, 9, 9, 0),
        written_in=((members.member(), 1),),
        actor=bodies.officer(),
    )
    elections.send_back(sheet=election, why="复核", actor=None)
    assert list(election.candidates.values_list("votes", flat=True)) == [None] * 4
    counting.void(sheet=election, why="名单有误", actor=None)
    people = [candidate.person for candidate in election.candidates.select_related("person")]
    again = elections.open_election(sitting=one, committee=election.committee, seats=3, people=people, actor=None)
    assert again.state == BallotState.OPEN
    with pytest.raises(Refused):
        elections.open_election(sitting=one, committee=election.committee, seats=3, people=people, actor=None)


pytestmark = pytest.mark.django_db
