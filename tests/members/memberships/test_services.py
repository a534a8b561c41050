"""Memberships from joining to the end."""

import datetime as dt
from collections.abc import Callable
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from time_machine import TimeMachineFixture

from members.branches.enums import Position
from members.branches.services import offices
from members.memberships import signals
from members.memberships.enums import MembershipEnd
from members.memberships.models import RegisterEntry
from members.memberships.services import steps
from members.memberships.services.episodes import Retirement, retire_all
from members.people import services as people
from members.people.enums import Employment, MembershipState, PersonKind
from members.people.models import Person
from tests.factories import members as make
from union_portal.base.errors import Refused

D = dt.date
SHANGHAI = ZoneInfo("Asia/Shanghai")


def test_nobody_is_a_member_twice_at_a_time() -> None:
    person = make.member(on=D(2020, 3, 1))
    with pytest.raises(Refused, match=person.name):
        steps.admit(person=person, on=D(2021, 1, 1))


def test_the_day_of_leaving_is_the_last_day_of_membership() -> None:
    branch = make.branch()
    person = make.member(on=D(2020, 3, 1), branch=branch)
    steps.transfer_out(person=person, on=D(2022, 6, 30), counterpart="邻校工会")
    members = Person.objects.members
    assert members(on=D(2022, 6, 30)).filter(pk=person.pk).exists()
    assert not members(on=D(2022, 7, 1)).filter(pk=person.pk).exists()
    assert not Person.objects.in_branch([branch], on=D(2022, 7, 1)).exists()
    assert Person.objects.in_branch([branch], on=D(2022, 6, 30)).exists()


def test_retirement_keeps_a_retained_membership_when_asked() -> None:
    branch = make.branch()
    keeps = make.member(on=D(2010, 3, 1), branch=branch)
    ends = make.member(on=D(2010, 3, 1), branch=branch)
    steps.retire(person=keeps, on=D(2022, 8, 31), retain=True)
    assert steps.retire(person=ends, on=D(2022, 8, 31), retain=False) is None
    day = D(2022, 9, 1)
    assert list(Person.objects.members(on=day, state=None)) == [keeps]
    assert not Person.objects.members(on=day).exists()
    assert Person.objects.members(on=day, state=MembershipState.RETAINED).get() == keeps
    keeps.refresh_from_db()
    assert (keeps.kind, keeps.employment, keeps.retired_on) == (PersonKind.RETIREE, Employment.RETIRED, D(2022, 8, 31))
    assert keeps in Person.objects.in_branch([branch], on=day)


def test_a_rehired_retiree_resumes_active_membership() -> None:
    person = make.member(on=D(2010, 3, 1))
    steps.retire(person=person, on=D(2022, 8, 31))
    steps.resume(person=person, on=D(2023, 9, 1))
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
        steps.record_death(person=person, on=D(2023, 5, 4))
    finally:
        signals.person_died.disconnect(hear)
    office.refresh_from_db()
    user.refresh_from_db()
    assert heard == [D(2023, 5, 4)]
    assert office.valid_to == D(2023, 5, 4)
    assert not user.is_active
    assert not Person.objects.members(on=D(2023, 5, 5), state=None).exists()
    with pytest.raises(Refused):
        steps.record_death(person=person, on=D(2023, 5, 5))
    with pytest.raises(Refused):
        steps.admit(person=person, on=D(2024, 1, 1))


def test_nothing_is_recorded_twice() -> None:
    here, there = make.branch(), make.branch()
    person = make.member(on=D(2010, 3, 1), branch=here)
    steps.move_to_branch(person=person, branch=there, on=D(2020, 1, 1))
    with pytest.raises(Refused, match="已属于"):
        steps.move_to_branch(person=person, branch=there, on=D(2020, 1, 1))
    steps.retire(person=person, on=D(2026, 3, 20))
    for day in (D(2026, 3, 20), D(2026, 3, 31)):
        with pytest.raises(Refused, match="已登记于 2026-03-20 退休"):
            steps.retire(person=person, on=day)
        with pytest.raises(Refused, match="已登记于 2026-03-20 退休"):
            retire_all([Retirement(person.pk, day)])
    steps.resume(person=person, on=D(2026, 9, 1))
    with pytest.raises(Refused, match="已是会员"):
        steps.resume(person=person, on=D(2026, 9, 1))
    steps.transfer_out(person=person, on=D(2026, 10, 31), counterpart="邻校工会")
    for again in (D(2026, 10, 31), D(2026, 11, 1)):
        with pytest.raises(Refused, match="2026-10-31"):
            steps.transfer_out(person=person, on=again, counterpart="邻校工会")
        with pytest.raises(Refused, match="2026-10-31"):
            steps.leave(person=person, on=again)
    with pytest.raises(Refused, match="转出"):
        steps.move_to_branch(person=person, branch=here, on=D(2026, 11, 1))


def test_the_dead_have_no_further_steps_not_even_on_the_same_day() -> None:
    branch, other = make.branch(), make.branch()
    person = make.member(on=D(2010, 3, 1), branch=branch)
    steps.record_death(person=person, on=D(2026, 5, 4))
    acts: tuple[Callable[[dt.date], object], ...] = (
        lambda on: steps.leave(person=person, on=on),
        lambda on: steps.transfer_out(person=person, on=on, counterpart="邻校工会"),
        lambda on: steps.retire(person=person, on=on),
        lambda on: steps.record_death(person=person, on=on),
    )
    for act in acts:
        for day in (D(2026, 5, 4), D(2026, 5, 5)):
            with pytest.raises(Refused):
                act(day)
    with pytest.raises(Refused, match="去世"):
        steps.move_to_branch(person=person, branch=other, on=D(2026, 5, 5))
    assert RegisterEntry.objects.filter(person=person).count() == 2


def test_a_retirement_recorded_ahead_counts_by_dates(time_machine: TimeMachineFixture) -> None:
    time_machine.move_to(dt.datetime(2026, 11, 27, 9, tzinfo=SHANGHAI), tick=False)
    person = make.member(on=D(2010, 3, 1), employment=Employment.ESTABLISHED)
    steps.retire(person=person, on=D(2026, 12, 31))
    last, next_day = D(2026, 12, 31), D(2027, 1, 1)
    for day, kind, employment in (
        (last, PersonKind.STAFF, Employment.ESTABLISHED),
        (next_day, PersonKind.RETIREE, Employment.RETIRED),
    ):
        assert Person.objects.of_kind(kind, on=day).get() == person
        assert Person.objects.employed_as(employment, on=day).get() == person
    assert Person.objects.members(on=last).get() == person
    assert not Person.objects.members(on=next_day).exists()


def test_what_happens_before_a_recorded_retirement_takes_its_place() -> None:
    today = timezone.localdate()
    ahead = today + dt.timedelta(days=60)
    leaves, dies = make.member(), make.member()
    for person in (leaves, dies):
        steps.retire(person=person, on=ahead)
    steps.transfer_out(person=leaves, on=today, counterpart="邻校工会")
    steps.record_death(person=dies, on=today)
    for person, way in ((leaves, MembershipEnd.TRANSFERRED_OUT), (dies, MembershipEnd.DECEASED)):
        membership = person.memberships.get()
        assert (membership.valid_to, membership.ended_by) == (today, way)
        person.refresh_from_db()
        assert person.retired_on is None
        assert person.entries.get(correction=True).note == f"更正：退休 {ahead} 未发生"


def test_nobody_joins_before_fourteen_or_on_a_day_to_come() -> None:
    child = make.person(birth_date=D(2015, 5, 4))
    with pytest.raises(Refused, match="早于 14 岁"):
        steps.admit(person=child, on=D(2026, 5, 4))
    with pytest.raises(Refused, match="尚未到来"):
        steps.admit(person=make.person(), on=timezone.localdate() + dt.timedelta(days=1))


pytestmark = pytest.mark.django_db
