"""Seats left vacant after the last round; ballots and elections of before the portal with their numbers."""

import datetime as dt
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from congress.committees.models import CommitteeSeat
from congress.elections.models import Election
from congress.elections.services import elections, outcomes
from congress.resolutions.renderers import context
from congress.session_desk.portal import votes as portal
from congress.sessions.enums import AgendaKind, AgendaOutcome
from congress.sessions.models import AgendaItem, Sitting
from congress.sessions.services import agenda, sessions
from congress.sessions.services.sessions import Part
from congress.voting.enums import BallotResult, BallotState
from congress.voting.models import Ballot
from congress.voting.services import ballots, counting
from congress.voting.services.counting import Papers
from tests.factories import attendance, bodies, committees, members
from tests.factories import elections as make_elections
from tests.factories import sessions as voting
from tests.factories import voting as make_voting
from tests.factories.accounts import signed_in
from union_portal.base.errors import DomainError, Refused

NAMES = ["丁一", "王二", "李三"]
BALLOT = {"due": 90, "present": 80, "method": "paper", "handed_out": 80, "returned": 80, "valid": 79, "void": 1}


def counted(election: Election, *votes: int) -> Election:
    keys = [one.pk for one in election.candidates.all()]
    elections.enter_count(
        sheet=election, votes=dict(zip(keys, votes, strict=True)), papers=Papers(9, 9, 9, 0), actor=bodies.officer()
    )
    return elections.confirm(sheet=election, actor=bodies.leader(), signed_sheet="1")


def past(**fields: Any) -> tuple[Sitting, AgendaItem, AgendaItem]:
    """Return a sitting recorded afterwards with an item to pass and one to elect."""
    body = bodies.congress(**fields)
    day = bodies.BEGAN + dt.timedelta(days=10)
    session = sessions.record_session(
        parts=[Part(body, 1, 90, 80)], convened_on=day, source="年鉴", actor=None, title="第一次会议"
    )
    sitting = session.sittings.get()
    items = [
        agenda.add_item(sitting=sitting, kind=kind, title=title)
        for kind, title in ((AgendaKind.PASS, "分配办法"), (AgendaKind.ELECT, "选举工会委员会"))
    ]
    return sitting, items[0], items[1]


def printed(sitting: Sitting) -> str:
    return str(context(session=sitting.session, union="工会", title="纪要"))


def test_open_seats_are_left_vacant_with_a_reason_and_the_election_ends() -> None:
    one = attendance.sitting(due=9)
    item = voting.item(one, kind=AgendaKind.ELECT, title="选举工会委员会")
    election = counted(make_elections.election(one, seats=2, names=NAMES, item=item), 9, 3, 3)
    with pytest.raises(DomainError):
        elections.leave_open(election=election, why=" ", actor=None)
    client = signed_in(bodies.officer())
    step = reverse("admin:congress_election_leave_open", args=[election.pk])
    assert client.post(step, {"why": "暂缺一名，届中补选"}).status_code == 302
    election.refresh_from_db()
    item.refresh_from_db()
    assert (election.left_open, item.outcome) == (1, AgendaOutcome.PASSED)
    last = election.moves.latest("pk")
    assert (last.action, last.reason) == ("leave_open", "暂缺一名，届中补选")
    page = client.get(reverse("admin:congress_election_change", args=[election.pk])).content.decode()
    assert "暂缺一名，届中补选" in page
    assert reverse("admin:congress_election_second_round", args=[election.pk]) not in page
    with pytest.raises(Refused):
        elections.second_round(election=election, actor=None)
    with pytest.raises(Refused):
        elections.leave_open(election=election, why="再", actor=None)
    sessions.close_sitting(subject=one, actor=None)
    assert "空缺1名" in printed(one)


def test_only_the_last_round_is_left_open_and_only_with_open_seats() -> None:
    one = attendance.sitting(due=9)
    full = counted(make_elections.election(one, seats=1, names=NAMES), 9, 0, 0)
    first = counted(make_elections.election(one, seats=2, names=NAMES), 9, 3, 3)
    later = elections.second_round(election=first, actor=None)
    for wrong in (full, first, later):
        with pytest.raises(Refused):
            elections.leave_open(election=wrong, why="空缺", actor=None)
    counted(later, 2, 1)
    assert elections.leave_open(election=later, why="空缺", actor=None).left_open == 1


def test_a_past_ballot_is_recorded_with_its_numbers_and_settles_the_item() -> None:
    _sitting, item, _election = past()
    client = signed_in(bodies.officer())
    address = reverse("admin:congress_ballot_record_ballot")
    data = {**BALLOT, "item": item.pk, "votes_for": 70, "votes_against": 5, "abstained": 4, "source": "计票单存档"}
    for wrong in (
        {"source": ""}, {"void": ""}, {"valid": 78}, {"votes_for": 71}, {"present": 91}, {"handed_out": 81},
    ):  # fmt: skip
        assert client.post(address, {**data, **wrong}).status_code == 422, wrong
    assert client.post(address, data).status_code == 302
    ballot = Ballot.objects.get()
    assert (ballot.state, ballot.result, ballot.needed) == (BallotState.CONFIRMED, BallotResult.CARRIED, 46)
    item.refresh_from_db()
    assert (item.outcome, item.decided_on) == (AgendaOutcome.PASSED, item.sitting.session.convened_on)
    page = client.get(reverse("admin:congress_ballot_change", args=[ballot.pk])).content.decode()
    assert "计票单存档" in page
    assert "发出表决票80张" in printed(item.sitting)


def test_what_was_entered_wrongly_from_old_papers_is_voided_and_entered_anew() -> None:
    _sitting, item, _election = past()
    client = signed_in(bodies.officer())
    data = {"item": item.pk, "due": 90, "present": 80, "method": "hands", "abstained": 0, "source": "纪要"}
    client.post(reverse("admin:congress_ballot_record_ballot"), {**data, "votes_for": 45, "votes_against": 35})
    ballot = Ballot.objects.get()
    assert ballot.result == BallotResult.LOST
    client.post(reverse("admin:congress_ballot_void", args=[ballot.pk]), {"why": "录错票数"})
    item.refresh_from_db()
    assert item.outcome == AgendaOutcome.PENDING
    client.post(reverse("admin:congress_ballot_record_ballot"), {**data, "votes_for": 75, "votes_against": 5})
    item.refresh_from_db()
    assert item.outcome == AgendaOutcome.PASSED


def test_a_past_election_is_recorded_with_votes_and_elected_and_gets_its_approval() -> None:
    sitting, _item, item = past()
    people = [members.member(name=name) for name in (*NAMES, "孙五")]
    committee = committees.committee(began_on=bodies.BEGAN, ends_on=bodies.BEGAN + dt.timedelta(days=1000))
    numbers = [one.staff_number for one in people]
    lines = (
        f"{numbers[0]} 丁一 78 当选",
        f"{numbers[1]}，王二，70票，当选",
        f"{numbers[2]} 40",
        f"{numbers[3]} 2 另选",
    )
    data = {
        **BALLOT, "sitting": sitting.pk, "item": item.pk, "committee": committee.pk, "seats": 3,
        "lines": "\n".join(lines), "source": "选举报告单",
    }  # fmt: skip
    client = signed_in(bodies.officer())
    address = reverse("admin:congress_election_record_election")
    for wrong in (
        {"lines": "无此人 3"}, {"lines": numbers[0]}, {"lines": f"{numbers[0]} 80"}, {"seats": 1},
        {"lines": f"{numbers[0]} 3\n{numbers[0]} 4"},
    ):  # fmt: skip
        assert client.post(address, {**data, **wrong}).status_code == 422, wrong
    assert client.post(address, data).status_code == 302
    election = Election.objects.get()
    assert [one.person.name for one in outcomes.elected_in(election=election)] == NAMES[:2]
    assert (election.state, election.left_open) == (BallotState.CONFIRMED, 1)
    item.refresh_from_db()
    assert item.outcome == AgendaOutcome.PASSED
    assert not [one for one in portal.desk_items(bodies.officer()) if "election" in one.address]
    assert client.get(reverse("admin:congress_election_change", args=[election.pk])).status_code == 200
    day = sitting.session.convened_on + dt.timedelta(days=7)
    seats = elections.approve(election=election, on=day, document="批复1号")
    assert {(one.person_id, one.valid_from) for one in seats} == {(one.pk, day) for one in people[:2]}
    assert CommitteeSeat.objects.count() == 2
    with pytest.raises(Refused):
        counting.void(sheet=election, why="录错", actor=None)


def test_a_session_with_a_roll_call_takes_no_recorded_votes_and_its_counts_stay_final() -> None:
    one = attendance.sitting(due=9)
    item = voting.item(one, title="另一事项")
    client = signed_in(bodies.officer())
    data = {"item": item.pk, "due": 9, "present": 9, "method": "hands", "abstained": 0, "source": "纪要"}
    address = reverse("admin:congress_ballot_record_ballot")
    assert client.post(address, {**data, "votes_for": 9, "votes_against": 0}).status_code == 422
    ballot = make_voting.ballot(one)
    ballots.enter_count(sheet=ballot, votes=ballots.Votes(9, 0, 0), papers=Papers(9, 9, 9, 0), actor=bodies.officer())
    ballots.confirm(sheet=ballot, actor=bodies.leader(), signed_sheet="1")
    election = counted(make_elections.election(one, seats=1, names=NAMES), 9, 0, 0)
    with pytest.raises(Refused):
        counting.void(sheet=ballot, why="不满意结果", actor=None)
    with pytest.raises(Refused):
        counting.void(sheet=election, why="不满意结果", actor=None)
    for table, key in (("congress_ballot", ballot.pk), ("congress_election", election.pk)):
        for change in ("state = 'voided'", "confirmed_by_id = NULL, confirmed_at = NULL"):
            with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(f"UPDATE {table} SET {change} WHERE id = %s", [key])  # noqa: S608


pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_factor")]
