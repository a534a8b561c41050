"""What sessions put on the officer's desk and on the member's page."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from congress.attendance.services import quorum, roll
from congress.bodies.models import Congress
from congress.delegates import portal as delegates_portal
from congress.delegates.enums import MandateEnd
from congress.delegates.services import mandates
from congress.session_desk.portal import sessions as portal
from congress.sessions.models import Session
from congress.sessions.services import sessions
from members.branches.services import assignments
from tests.factories import bodies, delegates, members
from tests.factories import sessions as make
from union_portal.accounts.enums import Role
from union_portal.base.moments import noon
from union_portal.base.portal import Standing
from union_portal.home.desk.portal import desk_items


def days(count: int) -> dt.date:
    """Return the day so many days from today."""
    return timezone.localdate() + dt.timedelta(days=count)


def desk() -> dict[str, bool]:
    """Return what waits on the officer's desk: the address, and whether it is urgent."""
    return {item.address: item.urgent for item in portal.desk_items(bodies.officer())}


def held(congress: Congress, ago: int) -> Session:
    """Record a session of so many days ago."""
    part = sessions.Part(congress)
    return sessions.record_session(parts=[part], convened_on=days(-ago), source="年鉴", actor=None)


def test_a_year_without_a_session_is_overdue_unless_one_is_convened() -> None:
    congress = bodies.congress()
    held(congress, 390)
    assert not desk()
    other = bodies.congress(branch=members.branch())
    held(other, 400)
    assert list(desk().values()) == [True]
    make.session(other, convened_on=days(20))
    assert all("congress/session/add" not in address for address in desk())


def test_the_end_of_a_term_is_announced_half_a_year_before_and_once_a_new_one_runs_no_more() -> None:
    old = bodies.congress(began_on=days(-1000), ends_on=days(170))
    held(old, 10)
    assert len(desk()) == 1
    bodies.congress(began_on=days(-1), ends_on=days(1400))
    assert not desk()


def test_minutes_are_missed_two_weeks_after_the_closing() -> None:
    congress = bodies.congress()
    delegates.delegate(of=congress)
    session = make.session(congress, convened_on=days(-15))
    sitting = session.sittings.get()
    with time_machine.travel(noon(days(-15)), tick=False):
        roll.draw_up(sitting=sitting)
        roll.check_in_from_list(entry=sitting.roll.get(), actor=None)
        quorum.open_sitting(subject=sitting, actor=None)
    assert len(desk()) == 1  # to be closed
    sessions.close_sitting(subject=sitting, actor=None)
    assert len(desk()) == 1  # its minutes
    Session.objects.update(minutes="会议纪要")
    assert not desk()


def test_delegates_who_moved_to_another_unit_are_named_until_somebody_decides() -> None:
    unit = members.branch()
    congress = bodies.congress()
    held(congress, 10)
    one = delegates.delegate(of=congress, person=members.member(branch=unit), unit=unit)
    assert not desk()
    assignments.assign_branch(person=one.person, branch=members.branch(), on=timezone.localdate())
    assert len(desk()) == 1
    yesterday = days(-1)
    mandates.end_mandate(delegate=one, on=yesterday, way=MandateEnd.MOVED, actor=None)
    assert not desk()


def test_only_the_congress_officer_is_told() -> None:
    bodies.congress(ends_on=days(10))
    for role in (Role.WELFARE, Role.BRANCH_CHAIR):
        assert not list(portal.desk_items(members.account_with_role(role)))


def test_a_delegate_is_asked_to_come_and_reminded_that_he_came() -> None:
    congress = bodies.congress()
    one = delegates.delegate(of=congress)
    assert one.person.user is not None
    session = make.session(congress, convened_on=days(3))
    (item,) = portal.member_items(one.person.user)
    assert (item.standing, item.until) == (Standing.DUE, days(3))
    sitting = session.sittings.get()
    roll.draw_up(sitting=sitting)
    roll.check_in_from_list(entry=sitting.roll.get(), actor=None)
    (item,) = portal.member_items(one.person.user)
    assert item.standing is Standing.HOLDS
    with time_machine.travel(noon(days(3)), tick=False):
        quorum.open_sitting(subject=sitting, actor=None)
        sessions.close_sitting(subject=sitting, actor=None)
    (item,) = portal.member_items(one.person.user)
    assert item.standing is Standing.CAME
    assert not list(portal.member_items(members.account(of=members.member())))


def test_mandates_stand_in_the_register_for_those_who_may_see_them() -> None:
    one = delegates.delegate(of=bodies.congress())
    (episode,) = delegates_portal.person_episodes(bodies.officer(), one.person_id)
    assert (episode.on, episode.until) == (bodies.BEGAN, None)
    assert not list(delegates_portal.person_episodes(members.account(of=members.member()), one.person_id))


pytestmark = pytest.mark.django_db


def test_the_chairs_desk_tells_of_the_own_branchs_session_only() -> None:
    branch, other = members.branch(), members.branch()
    made = [make.session(bodies.congress(branch=one)) for one in (branch, other, None)]
    chair = members.account_with_role(Role.BRANCH_CHAIR, branches=(branch,))
    addresses = {item.address for item in desk_items(chair) if "/session/" in item.address}
    assert addresses == {reverse("admin:congress_session_change", args=[made[0].pk])}
    assert sessions.next_number(made[0].sittings.get().congress) > 1


def test_many_sittings_that_were_never_opened_do_not_fill_the_desk() -> None:
    congress = bodies.congress()
    for ago in range(portal.SHOWN + 3):
        make.session(congress, convened_on=days(-ago))
    items = [item for item in portal.desk_items(bodies.officer()) if "congress/session" in item.address]
    assert len(items) == portal.SHOWN + 1
    assert sum(item.count for item in items) == portal.SHOWN + 3
    assert items[-1].address.endswith("/congress/session/")
