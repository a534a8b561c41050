"""Memberships from joining to the end."""

import datetime as dt

import pytest

from members.branches.enums import Position
from members.branches.services import offices
from members.memberships import services as memberships
from members.memberships import signals
from members.memberships.enums import MembershipEnd
from members.people import services as people
from members.people.enums import Employment, MembershipState, PersonKind
from members.people.models import Person
from tests.factories import members as make
from union_portal.base.errors import Refused

D = dt.date


def test_nobody_is_a_member_twice_at_a_time() -> None:
    person = make.member(on=D(2020, 3, 1))
    with pytest.raises(Refused, match=person.name):
        memberships.admit(person=person, on=D(2021, 1, 1))


def test_the_day_of_leaving_is_the_last_day_of_membership() -> None:
    branch = make.branch()
    person = make.member(on=D(2020, 3, 1), branch=branch)
    memberships.transfer_out(person=person, on=D(2022, 6, 30), counterpart="邻校工会")
    members = Person.objects.members
    assert members(on=D(2022, 6, 30)).filter(pk=person.pk).exists()
    assert not members(on=D(2022, 7, 1)).filter(pk=person.pk).exists()
    assert not Person.objects.in_branch([branch], on=D(2022, 7, 1)).exists()
    assert Person.objects.in_branch([branch], on=D(2022, 6, 30)).exists()


def test_retirement_keeps_a_retained_membership_when_asked() -> None:
    branch = make.branch()
    keeps = make.member(on=D(2010, 3, 1), branch=branch)
    ends = make.member(on=D(2010, 3, 1), branch=branch)
    memberships.retire(person=keeps, on=D(2022, 8, 31), retain=True)
    assert memberships.retire(person=ends, on=D(2022, 8, 31), retain=False) is None
    day = D(2022, 9, 1)
    assert list(Person.objects.members(on=day, state=None)) == [keeps]
    assert not Person.objects.members(on=day).exists()
    assert Person.objects.members(on=day, state=MembershipState.RETAINED).get() == keeps
    keeps.refresh_from_db()
    assert (keeps.kind, keeps.employment, keeps.retired_on) == (PersonKind.RETIREE, Employment.RETIRED, D(2022, 8, 31))
    assert keeps in Person.objects.in_branch([branch], on=day)


def test_a_rehired_retiree_resumes_active_membership() -> None:
    person = make.member(on=D(2010, 3, 1))
    memberships.retire(person=person, on=D(2022, 8, 31))
    memberships.resume(person=person, on=D(2023, 9, 1))
    ways = list(person.memberships.order_by("valid_from").values_list("ended_by", flat=True))
    assert ways == [MembershipEnd.RETIRED, MembershipEnd.RESUMED, ""]
    assert Person.objects.members(on=D(2023, 9, 1)).get() == person


def test_death_ends_membership_assignment_office_and_account() -> None:
    branch = make.branch()
    person = make.member(on=D(2010, 3, 1), branch=branch)
    user = people.link_account(person=person)
    term = offices.start_term(branch=branch, began_on=D(2021, 1, 1), ends_on=D(2025, 12, 31))
    office = offices.elect(person=person, term=term, position=Position.CHAIR)
    heard: list[dt.date] = []

    def hear(*, on: dt.date, **_rest: object) -> None:
        heard.append(on)

    signals.person_died.connect(hear)
    try:
        memberships.record_death(person=person, on=D(2023, 5, 4))
    finally:
        signals.person_died.disconnect(hear)
    office.refresh_from_db()
    user.refresh_from_db()
    assert heard == [D(2023, 5, 4)]
    assert office.valid_to == D(2023, 5, 4)
    assert not user.is_active
    assert not Person.objects.members(on=D(2023, 5, 5), state=None).exists()
    with pytest.raises(Refused):
        memberships.record_death(person=person, on=D(2023, 5, 5))
    with pytest.raises(Refused):
        memberships.admit(person=person, on=D(2024, 1, 1))


pytestmark = pytest.mark.django_db
