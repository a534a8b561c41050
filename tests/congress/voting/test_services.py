"""Ballots: the base of all due, sums that must add up, four eyes, and what is final."""

from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from congress.attendance.services import quorum, roll
from congress.bodies.enums import Bound
from congress.delegates.enums import Seat
from congress.sessions.enums import AgendaKind, AgendaOutcome
from congress.sessions.services import sessions
from congress.voting.enums import BallotMethod, BallotResult, BallotState
from congress.voting.models import Ballot
from congress.voting.services import ballots, counting
from congress.voting.services.ballots import Votes
from congress.voting.services.counting import Papers
from tests.factories import attendance, bodies, delegates, members, voting
from tests.factories import sessions as make_sessions
from tests.factories.accounts import signed_in
from union_portal.accounts.models import User
from union_portal.base.errors import DomainError, Refused


@pytest.fixture
def officer() -> User:
    return bodies.officer()


def counted(ballot: Ballot, agreed: int, against: int = 0, abstained: int = 0, *, actor: User | None = None) -> Ballot:
    total = agreed + against + abstained
    papers = Papers(total, total, total, 0) if ballot.method == BallotMethod.PAPER else None
    return ballots.enter_count(
        sheet=ballot, votes=Votes(agreed, against, abstained), papers=papers, actor=actor or bodies.officer()
    )


def scrutineer(ballot: Ballot) -> User:
    person = ballot.scrutineer
    assert person is not None
    assert person.user is not None
    return person.user


MORE, LEAST = Bound.MORE_THAN, Bound.AT_LEAST


@pytest.mark.parametrize(
    ("due", "share", "bound", "needed"),
    [
        (90, (1, 2), MORE, 46), (91, (1, 2), MORE, 46), (9, (1, 2), MORE, 5), (10, (1, 2), MORE, 6),
        (90, (2, 3), MORE, 61), (91, (2, 3), MORE, 61), (18, (2, 3), MORE, 13),
        (18, (2, 3), LEAST, 12), (19, (2, 3), LEAST, 13), (10, (1, 2), LEAST, 5), (9, (1, 2), LEAST, 5),
    ],
)  # fmt: skip
def test_a_share_of_all_due_is_meant_as_at_least_or_as_more(
    due: int, share: tuple[int, int], bound: Bound, needed: int
) -> None:
    assert bound.least(of=due, above=share[0], below=share[1]) == needed


def test_a_share_is_written_as_rules_write_it() -> None:
    written = [bound.words(*share) for share in ((2, 3), (1, 2)) for bound in (LEAST, MORE)]
    assert written == ["三分之二以上", "超过三分之二", "半数以上", "过半数"]
    told = [bound.words(2, 3, of="应到人数") for bound in (LEAST, MORE)]
    assert told == ["应到人数的三分之二以上", "超过应到人数的三分之二"]


@pytest.mark.parametrize(("due", "present", "agreed", "result"), [
    (9, 7, 4, BallotResult.LOST),
    (9, 7, 5, BallotResult.CARRIED),
    (10, 7, 5, BallotResult.LOST),
    (10, 7, 6, BallotResult.CARRIED),
])  # fmt: skip
def test_half_of_all_due_loses_and_one_above_carries(
    due: int, present: int, agreed: int, result: BallotResult, officer: User
) -> None:
    ballot = voting.ballot(attendance.sitting(due=due, present=present))
    assert (ballot.due, ballot.present) == (due, present)
    counted(ballot, agreed, present - agreed, actor=officer)
    done = ballots.confirm(sheet=ballot, actor=scrutineer(ballot))
    assert (done.result, done.state) == (result, BallotState.CONFIRMED)
    done.item.refresh_from_db()
    assert done.item.outcome == (AgendaOutcome.PASSED if result == BallotResult.CARRIED else AgendaOutcome.LOST)
    assert done.item.decided_on is not None


def test_an_item_can_ask_for_more_than_the_congress() -> None:
    one = attendance.sitting(due=9)
    item = make_sessions.item(one, majority=(2, 3, MORE))
    assert ballots.open_ballot(item=item, method=BallotMethod.HANDS, actor=None).needed == 7


@pytest.mark.parametrize(("bound", "result"), [(LEAST, BallotResult.CARRIED), (MORE, BallotResult.LOST)])
def test_two_thirds_for_carry_where_the_rule_says_at_least(bound: Bound, result: BallotResult, officer: User) -> None:
    one = attendance.sitting(due=18, majority_numerator=2, majority_denominator=3, majority_bound=bound)
    ballot = counted(voting.ballot(one), 12, 6, actor=officer)
    assert ballots.confirm(sheet=ballot, actor=scrutineer(ballot)).result == result


def test_the_page_of_the_agenda_asks_how_two_thirds_are_meant(officer: User, settings: Any) -> None:
    settings.PORTAL_STAFF_TOTP = False
    one = attendance.sitting(due=18)
    address = reverse("admin:congress_sitting_add_item", args=[one.pk])
    for bound in Bound:
        sent = {"kind": "pass", "title": bound.label, "two_thirds": bound}
        assert signed_in(officer).post(address, sent).status_code == 302
    found = {item.title: item.majority_bound for item in one.agenda.filter(majority_numerator=2)}
    assert found == {bound.label: bound for bound in Bound}


def test_no_ballot_below_the_quorum_though_the_sitting_opened_with_it() -> None:
    one = attendance.sitting(due=9, present=6)
    attendance.leave(one, 1)
    with pytest.raises(Refused) as refused:
        voting.ballot(one)
    assert refused.value.code == "quorum"
    assert "6" in str(refused.value)
    assert "5" in str(refused.value)
    assert not Ballot.objects.exists()
    attendance.come(one, 1)
    assert voting.ballot(one).present == 6


def test_a_sitting_that_is_not_open_takes_no_vote() -> None:
    planned = attendance.sitting(opened=False)
    with pytest.raises(Refused):
        voting.ballot(planned)
    one = sessions.close_sitting(subject=attendance.sitting(), actor=None)
    late = one.agenda.create(position=1, kind=AgendaKind.PASS, title="x")
    with pytest.raises(Refused):
        ballots.open_ballot(item=late, method=BallotMethod.HANDS, actor=None)


def test_observers_and_guests_are_counted_neither_as_due_nor_as_present() -> None:
    body = bodies.congress()
    for _number in range(6):
        delegates.delegate(of=body)
    delegates.delegate(of=body, seat=Seat.OBSERVER)
    one = make_sessions.session(body, convened_on=timezone.localdate()).sittings.get()
    roll.draw_up(sitting=one)
    roll.add_guest(sitting=one, person=members.person())
    for entry in one.roll.all():
        roll.check_in_from_list(entry=entry, actor=None)
    quorum.open_sitting(subject=one, actor=None)
    ballot = voting.ballot(one)
    assert (ballot.due, ballot.present) == (6, 6)


@pytest.mark.parametrize(
    ("papers", "votes", "field", "numbers"),
    [
        (Papers(8, 7, 7, 0), Votes(7, 0, 0), "handed_out", ("8", "7")),
        (Papers(6, 7, 7, 0), Votes(7, 0, 0), "returned", ("7", "6")),
        (Papers(7, 7, 6, 0), Votes(6, 0, 0), "valid", ("6", "0", "7")),
        (Papers(7, 7, 6, 1), Votes(5, 2, 0), "votes_for", ("5", "2", "7", "6")),
        (Papers(7, 7, 6, 1), Votes(3, 2, 0), "votes_for", ("3", "2", "5", "6")),
    ],
)
def test_every_mismatch_names_its_field_and_numbers(
    papers: Papers, votes: Votes, field: str, numbers: tuple[str, ...]
) -> None:
    ballot = voting.ballot(attendance.sitting(due=9, present=7))
    with pytest.raises(Refused) as refused:
        ballots.enter_count(sheet=ballot, votes=votes, papers=papers, actor=bodies.officer())
    assert refused.value.field == field
    assert all(number in str(refused.value) for number in numbers)
    ballot.refresh_from_db()
    assert (ballot.state, ballot.votes_for) == (BallotState.OPEN, None)


def test_a_show_of_hands_has_no_papers_and_not_more_votes_than_voters() -> None:
    ballot = voting.ballot(attendance.sitting(due=9, present=7), method=BallotMethod.HANDS)
    with pytest.raises(Refused) as refused:
        ballots.enter_count(sheet=ballot, votes=Votes(6, 1, 1), actor=bodies.officer())
    assert refused.value.field == "votes_for"
    done = ballots.enter_count(sheet=ballot, votes=Votes(6, 0, 0), actor=bodies.officer())
    assert (done.handed_out, done.valid, done.votes_for) == (None, None, 6)


def test_a_latecomer_gets_a_paper_after_those_present_are_counted_again() -> None:
    one = attendance.sitting(due=9, present=7)
    ballot = voting.ballot(one)
    attendance.come(one, 1)
    counting.recount_present(sheet=ballot)
    ballot.refresh_from_db()
    assert (ballot.due, ballot.present) == (9, 8)
    counted(ballot, 8)
    with pytest.raises(Refused):
        counting.recount_present(sheet=ballot)


def test_who_entered_the_sheet_does_not_confirm_it(officer: User) -> None:
    ballot = voting.ballot(attendance.sitting())
    counted(ballot, 9, actor=officer)
    with pytest.raises(Refused):
        ballots.confirm(sheet=ballot, actor=officer, signed_sheet="计票单1号")
    own = voting.ballot(attendance.sitting())
    counted(own, 9, actor=scrutineer(own))
    with pytest.raises(Refused):
        ballots.confirm(sheet=own, actor=scrutineer(own))


def test_another_officer_confirms_only_by_the_sheet_signed_on_paper(officer: User) -> None:
    ballot = voting.ballot(attendance.sitting())
    counted(ballot, 9, actor=officer)
    with pytest.raises(Refused) as refused:
        ballots.confirm(sheet=ballot, actor=bodies.officer())
    assert refused.value.field == "signed_sheet"
    done = ballots.confirm(sheet=ballot, actor=bodies.officer(), signed_sheet="计票单1号")
    assert (done.state, done.signed_sheet) == (BallotState.CONFIRMED, "计票单1号")


def test_the_scrutineer_is_one_of_the_voters_and_not_the_teller() -> None:
    one = attendance.sitting()
    outsider = members.person()
    with pytest.raises(Refused) as refused:
        ballots.open_ballot(item=make_sessions.item(one), method=BallotMethod.HANDS, actor=None, scrutineer=outsider)
    assert refused.value.field == "scrutineer"
    voter = attendance.voters(one)[0]
    with pytest.raises(Refused):
        ballots.open_ballot(
            item=make_sessions.item(one), method=BallotMethod.HANDS, actor=None, scrutineer=voter, teller=voter
        )


def test_a_sheet_is_entered_once_and_confirmed_once(officer: User) -> None:
    ballot = voting.ballot(attendance.sitting())
    counted(ballot, 9, actor=officer)
    with pytest.raises(Refused):
        counted(ballot, 8, actor=officer)
    ballots.confirm(sheet=ballot, actor=scrutineer(ballot))
    with pytest.raises(Refused):
        ballots.confirm(sheet=ballot, actor=scrutineer(ballot))
    with pytest.raises(Refused):
        counting.void(sheet=ballot, why="x", actor=officer)
    with pytest.raises(Refused):
        ballots.open_ballot(item=ballot.item, method=BallotMethod.HANDS, actor=None)


def test_a_recount_empties_the_sheet_and_says_why(officer: User) -> None:
    ballot = voting.ballot(attendance.sitting())
    counted(ballot, 9, actor=officer)
    with pytest.raises(DomainError):
        counting.send_back(sheet=ballot, why=" ", actor=officer)
    back = counting.send_back(sheet=ballot, why="少计一张", actor=officer)
    assert (back.state, back.votes_for, back.entered_by, back.valid) == (BallotState.OPEN, None, None, None)
    assert [move.reason for move in ballot.moves.filter(action="send_back")] == ["少计一张"]
    counted(ballot, 8, actor=officer)


def test_after_a_void_the_item_is_voted_on_anew(officer: User) -> None:
    ballot = voting.ballot(attendance.sitting())
    counting.void(sheet=ballot, why="收回票数多于发出票数", actor=officer)
    again = ballots.open_ballot(item=ballot.item, method=BallotMethod.HANDS, actor=officer)
    assert again.state == BallotState.OPEN
    assert ballot.item.outcome == AgendaOutcome.PENDING


def test_what_is_elected_is_not_balloted() -> None:
    one = attendance.sitting()
    with pytest.raises(Refused):
        ballots.open_ballot(item=make_sessions.item(one, kind=AgendaKind.ELECT), method=BallotMethod.HANDS, actor=None)


pytestmark = pytest.mark.django_db
