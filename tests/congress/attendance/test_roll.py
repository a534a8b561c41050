"""Roll-call, quorum and opening: who is due, who came, and what must not open."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from congress.attendance.models import RollEntry
from congress.attendance.services import quorum, roll
from congress.bodies.enums import Body, Bound, Mode
from congress.bodies.models import Congress
from congress.delegates.enums import MandateEnd, Seat
from congress.delegates.services import mandates
from congress.sessions.enums import SittingState
from congress.sessions.models import Sitting
from congress.sessions.services import sessions
from members.branches.services.assignments import assign_branch
from members.memberships.services import steps as memberships
from tests.factories import attendance, bodies, delegates, members
from tests.factories import sessions as make
from union_portal.accounts.models import User
from union_portal.base.errors import Refused


@pytest.fixture
def actor() -> User:
    return bodies.officer()


def sitting(count: int) -> Sitting:
    """Return a sitting in preparation whose congress has so many delegates, its roll drawn up."""
    return attendance.sitting(due=count, present=0, opened=False)


def come(one: Sitting, count: int) -> list[RollEntry]:
    """Let so many voters arrive."""
    entries = list(one.roll.filter(votes=True, came_at=None)[:count])
    door = [roll.check_in_at_door(session=one.session, code=entry.code, actor=None) for entry in entries]
    return [line for lines in door for line in lines]


@pytest.mark.parametrize(("due", "needed"), [(3, 2), (4, 3), (9, 6), (10, 7), (90, 60), (91, 61)])
def test_two_thirds_are_rounded_up(due: int, needed: int) -> None:
    assert Congress().quorum_of(due) == needed


def test_a_session_opens_on_its_days_alone() -> None:
    one = sitting(3)
    come(one, 3)
    for first, last in ((1, None), (-1, None), (-3, -1), (1, 2)):
        day = timezone.localdate() + dt.timedelta(days=first)
        end = timezone.localdate() + dt.timedelta(days=last) if last else None
        sessions.change_session(session=one.session, convened_on=day, ends_on=end)
        with pytest.raises(Refused) as refused:
            quorum.open_sitting(subject=one, actor=None)
        assert str(day) in str(refused.value)
    sessions.change_session(
        session=one.session,
        convened_on=timezone.localdate() - dt.timedelta(days=1),
        ends_on=timezone.localdate() + dt.timedelta(days=1),
    )
    assert quorum.open_sitting(subject=one, actor=None).state == SittingState.OPEN


def test_a_quorum_of_more_than_two_thirds_does_not_open_with_two_thirds() -> None:
    one = attendance.sitting(due=18, present=0, opened=False, quorum_bound=Bound.MORE_THAN)
    come(one, 12)
    with pytest.raises(Refused) as refused:
        quorum.open_sitting(subject=one, actor=None)
    assert "须到会 13 人" in str(refused.value)
    come(one, 1)
    assert quorum.open_sitting(subject=one, actor=None).state == SittingState.OPEN
    fellow = attendance.sitting(due=18, present=12)
    assert fellow.state == SittingState.OPEN


def test_one_short_of_the_quorum_does_not_open_and_says_how_many_are_missing(actor: User) -> None:
    one = sitting(10)
    come(one, 6)
    with pytest.raises(Refused) as refused:
        quorum.open_sitting(subject=one, actor=actor)
    assert refused.value.code == "quorum"
    assert "10" in str(refused.value)
    assert "7" in str(refused.value)
    one.refresh_from_db()
    assert (one.state, one.due, one.opened_at) == (SittingState.PLANNED, None, None)
    come(one, 1)
    opened = quorum.open_sitting(subject=one, actor=actor)
    assert (opened.state, opened.due, opened.present) == (SittingState.OPEN, 10, 7)
    assert [move.action for move in one.moves.all()] == ["open"]


def test_observers_and_guests_neither_count_nor_help_the_quorum(actor: User) -> None:
    one = sitting(3)
    for seat in (Seat.OBSERVER, Seat.GUEST):
        mandates.elect(congress=one.congress, person=members.person(), on=timezone.localdate(), seat=seat, actor=actor)
    roll.add_guest(sitting=one, person=members.person())
    for entry in one.roll.filter(votes=False):
        roll.check_in_from_list(entry=entry, actor=actor)
    come(one, 1)
    counted = quorum.quorum(sitting=one)
    assert (counted.due, counted.present, counted.needed, counted.sitting_in) == (3, 1, 2, 3)
    with pytest.raises(Refused):
        quorum.open_sitting(subject=one, actor=actor)


def test_each_body_of_a_joint_session_has_its_own_quorum(actor: User) -> None:
    staff, union = bodies.congress(), bodies.congress(body=Body.UNION)
    both = [members.member() for _number in range(2)]
    for person in both:
        delegates.delegate(of=staff, person=person)
        delegates.delegate(of=union, person=person)
    for _number in range(2):
        delegates.delegate(of=union)
    session = make.session(staff, union, convened_on=timezone.localdate())
    first, second = session.sittings.get(congress=staff), session.sittings.get(congress=union)
    for one in (first, second):
        roll.draw_up(sitting=one)
    for person in both:
        code = first.roll.get(person=person).code
        assert second.roll.get(person=person).code == code
        assert len(roll.check_in_at_door(session=session, code=code, actor=actor)) == 2
    assert quorum.open_sitting(subject=first, actor=actor).present == 2
    with pytest.raises(Refused, match="4"):
        quorum.open_sitting(subject=second, actor=actor)


def test_a_code_admits_once_and_says_who_came_when(actor: User) -> None:
    one = sitting(2)
    entry = one.roll.first()
    assert entry is not None
    spaced = f"{entry.code[:3]} {entry.code[3:]}".translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    roll.check_in_at_door(session=one.session, code=spaced, actor=actor)
    with pytest.raises(Refused) as twice:
        roll.check_in_at_door(session=one.session, code=entry.code, actor=actor)
    assert twice.value.code == "twice"
    assert entry.person.name in str(twice.value)
    with pytest.raises(Refused) as unknown:
        roll.check_in_at_door(session=one.session, code="", actor=actor)
    assert unknown.value.code == "unknown"
    assert quorum.quorum(sitting=one).present == 1


def test_a_code_opens_no_other_session(actor: User) -> None:
    here, there = sitting(1), sitting(1)
    code = there.roll.get().code
    here.roll.update(code="000000" if code != "000000" else "111111")
    with pytest.raises(Refused):
        roll.check_in_at_door(session=here.session, code=code, actor=actor)


def test_who_leaves_is_missed_and_may_come_back(actor: User) -> None:
    one = sitting(3)
    come(one, 3)
    quorum.open_sitting(subject=one, actor=actor)
    entry = one.roll.first()
    assert entry is not None
    roll.leave(entry=entry, actor=actor)
    one.refresh_from_db()
    assert (quorum.quorum(sitting=one).present, one.present) == (2, 3)
    roll.check_in_at_door(session=one.session, code=entry.code, actor=actor)
    assert quorum.quorum(sitting=one).present == 3


def test_the_excused_stay_due_and_an_excuse_needs_its_reason(actor: User) -> None:
    one = sitting(3)
    entry = one.roll.first()
    assert entry is not None
    with pytest.raises(Refused):
        roll.excuse(entry=entry, reason=" ", actor=actor)
    roll.excuse(entry=entry, reason="公务出差", actor=actor)
    counted = quorum.quorum(sitting=one)
    assert (counted.due, counted.excused, counted.present) == (3, 1, 0)


def test_after_the_opening_neither_roll_nor_those_due_change(actor: User) -> None:
    one = sitting(3)
    come(one, 2)
    quorum.open_sitting(subject=one, actor=actor)
    late = one.roll.get(came_at=None)
    assert late.delegate is not None
    mandates.end_mandate(delegate=late.delegate, on=timezone.localdate(), way=MandateEnd.RESIGNED, actor=actor)
    mandates.elect(congress=one.congress, person=members.member(), on=timezone.localdate(), actor=actor)
    one.refresh_from_db()
    assert (one.roll.count(), one.due) == (3, 3)
    with pytest.raises(Refused):
        roll.draw_up(sitting=one)
    roll.check_in_at_door(session=one.session, code=late.code, actor=actor)
    sessions.close_sitting(subject=one, actor=actor)
    with pytest.raises(Refused):
        roll.leave(entry=late, actor=actor)


def test_a_roll_drawn_up_follows_recall_and_by_election_until_the_opening(actor: User) -> None:
    one = sitting(3)
    gone = one.roll.first()
    assert gone is not None
    assert gone.delegate is not None
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    mandates.end_mandate(delegate=gone.delegate, on=yesterday, way=MandateEnd.RECALLED, reason="单位撤换", actor=actor)
    new = mandates.elect(congress=one.congress, person=members.member(), on=timezone.localdate(), actor=actor)
    assert set(one.roll.values_list("delegate", flat=True)) >= {new.pk}
    assert not one.roll.filter(person=gone.person).exists()
    assert one.roll.count() == 3


def test_drawing_up_again_keeps_codes_and_arrivals() -> None:
    one = sitting(3)
    come(one, 1)
    before = dict(one.roll.values_list("person", "code"))
    assert roll.draw_up(sitting=one) == 3
    assert dict(one.roll.values_list("person", "code")) == before
    assert quorum.quorum(sitting=one).present == 1


def test_a_branch_meeting_of_everybody_calls_the_branch_and_nobody_else() -> None:
    branch, other = members.branch(), members.branch()
    group = members.branch(parent=branch)
    here = [members.member(branch=branch), members.member(branch=branch), members.member(branch=group)]
    members.member(branch=other)
    retired = members.member(branch=branch)
    memberships.retire(person=retired, on=timezone.localdate() - dt.timedelta(days=9))
    for body in (Body.UNION, Body.STAFF):
        congress = bodies.congress(body=body, branch=branch, mode=Mode.EVERYBODY)
        one = make.session(congress, convened_on=timezone.localdate()).sittings.get()
        assert roll.draw_up(sitting=one) == 3
        assert set(one.roll.values_list("person", flat=True)) == {person.pk for person in here}


def test_without_delegates_there_is_no_roll_and_no_opening(actor: User) -> None:
    one = make.session().sittings.get()
    with pytest.raises(Refused):
        roll.draw_up(sitting=one)
    with pytest.raises(Refused):
        quorum.open_sitting(subject=one, actor=actor)


def test_drawing_up_takes_the_same_queries_at_two_sizes(django_assert_max_num_queries: Any) -> None:
    small, large = bodies.congress(), bodies.congress()
    for congress, count in ((small, 2), (large, 20)):
        for _number in range(count):
            delegates.delegate(of=congress)
        one = make.session(congress, convened_on=timezone.localdate()).sittings.get()
        with django_assert_max_num_queries(13):
            roll.draw_up(sitting=one)


pytestmark = pytest.mark.django_db


def test_an_all_staff_meeting_calls_who_belongs_to_the_branch_on_its_day() -> None:
    branch, other = members.branch(), members.branch()
    group = members.branch(parent=branch)
    day = timezone.localdate() + dt.timedelta(days=10)
    here, below, staff = members.member(branch=branch), members.member(branch=group), members.person()
    leaves, comes, _elsewhere = (
        members.member(branch=branch),
        members.member(branch=other),
        members.member(branch=other),
    )
    retired = members.member(branch=branch, retired_on=day - dt.timedelta(days=1))
    assign_branch(person=staff, branch=branch, on=members.LONG_AGO)
    assign_branch(person=leaves, branch=other, on=day)
    assign_branch(person=comes, branch=branch, on=day)
    for body, due in ((Body.STAFF, {here, below, staff, comes}), (Body.UNION, {here, below, comes, retired})):
        congress = bodies.congress(branch=branch, body=body, mode=Mode.EVERYBODY)
        sitting = make.session(congress, convened_on=day).sittings.get()
        roll.draw_up(sitting=sitting)
        assert set(sitting.roll.values_list("person_id", flat=True)) == {one.pk for one in due}
