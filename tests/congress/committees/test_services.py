"""Suggestions, inspections, petitions, committees and regulations keep their promises."""

import pytest

from congress.committees import services as committees
from congress.committees.enums import CommitteeKind
from congress.committees.models import Committee
from tests.factories import members
from tests.factories.days import DAY, TODAY
from union_portal.base.errors import DomainError, Refused


def committee() -> Committee:
    return Committee.objects.create(kind=CommitteeKind.UNION, name="第三届工会委员会", began_on=TODAY - 400 * DAY)


def test_a_meeting_counts_who_was_due_from_the_seats() -> None:
    body = committee()
    for _ in range(3):
        committees.seat(committee=body, person=members.member(), on=TODAY - 100 * DAY)
    held = committees.hold_meeting(
        committee=body, held_on=TODAY, actor=None, present=1, papers=[committees.Paper("经费收支管理细则")]
    )
    assert (held.due, held.number) == (3, 1)
    assert committees.lacks_quorum(meeting=held)
    with pytest.raises(DomainError):
        committees.hold_meeting(committee=body, held_on=TODAY - DAY, actor=None, present=4)
    with pytest.raises(DomainError):
        committees.review_document(meeting=held, paper=committees.Paper("经费收支管理细则"))


def test_nobody_sits_twice_and_an_ended_seat_stays_ended() -> None:
    body, person = committee(), members.member()
    seat = committees.seat(committee=body, person=person, on=TODAY - 100 * DAY)
    with pytest.raises(DomainError):
        committees.seat(committee=body, person=person, on=TODAY)
    committees.leave(seat=seat, on=TODAY - DAY)
    with pytest.raises(Refused):
        committees.leave(seat=seat, on=TODAY)
    assert committees.members_due(committee=body, on=TODAY) == 0


pytestmark = pytest.mark.django_db
