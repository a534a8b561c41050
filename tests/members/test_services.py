"""Memberships, assignments and offices from their beginning to their end."""

import datetime as dt

import pytest

from members import services, signals
from members.enums import Employment, MembershipEnd, MembershipState, PersonKind, Position, Relation
from members.models import Branch, CohortKind, Kinship, Person
from tests.factories import members as make
from union_portal.base.errors import Refused

pytestmark = pytest.mark.django_db
D = dt.date


def test_a_name_is_found_by_pinyin_initials_and_characters() -> None:
    wanted = make.person(name="张　伟")
    make.person(name="李娜")
    assert wanted.name == "张伟"
    for text in ("zhangwei", "zw", "张伟", "ZhangWei"):
        assert list(Person.objects.search(text)) == [wanted]


def test_a_surname_is_read_as_a_surname() -> None:
    wanted = make.person(name="曾敏")
    assert list(Person.objects.search("zengmin")) == [wanted]


def test_a_staff_number_belongs_to_one_person_and_the_refusal_names_the_field() -> None:
    make.person(staff_number="20230001")
    with pytest.raises(Refused) as refusal:
        make.person(staff_number="20230001")
    assert refusal.value.field == "staff_number"


def test_nobody_is_a_member_twice_at_a_time() -> None:
    person = make.member(on=D(2020, 3, 1))
    with pytest.raises(Refused, match=person.name):
        services.admit(person=person, on=D(2021, 1, 1))


def test_the_day_of_leaving_is_the_last_day_of_membership() -> None:
    branch = make.branch()
    person = make.member(on=D(2020, 3, 1), branch=branch)
    services.transfer_out(person=person, on=D(2022, 6, 30), counterpart="邻校工会")
    members = Person.objects.members
    assert members(on=D(2022, 6, 30)).filter(pk=person.pk).exists()
    assert not members(on=D(2022, 7, 1)).filter(pk=person.pk).exists()
    assert not Person.objects.in_branch([branch], on=D(2022, 7, 1)).exists()
    assert Person.objects.in_branch([branch], on=D(2022, 6, 30)).exists()


def test_retirement_keeps_a_retained_membership_when_asked() -> None:
    branch = make.branch()
    keeps = make.member(on=D(2010, 3, 1), branch=branch)
    ends = make.member(on=D(2010, 3, 1), branch=branch)
    services.retire(person=keeps, on=D(2022, 8, 31), retain=True)
    assert services.retire(person=ends, on=D(2022, 8, 31), retain=False) is None
    day = D(2022, 9, 1)
    assert list(Person.objects.members(on=day, state=None)) == [keeps]
    assert not Person.objects.members(on=day).exists()
    assert Person.objects.members(on=day, state=MembershipState.RETAINED).get() == keeps
    keeps.refresh_from_db()
    assert (keeps.kind, keeps.employment, keeps.retired_on) == (PersonKind.RETIREE, Employment.RETIRED, D(2022, 8, 31))
    assert keeps in Person.objects.in_branch([branch], on=day)


def test_a_rehired_retiree_resumes_active_membership() -> None:
    person = make.member(on=D(2010, 3, 1))
    services.retire(person=person, on=D(2022, 8, 31))
    services.resume(person=person, on=D(2023, 9, 1))
    ways = list(person.memberships.order_by("valid_from").values_list("ended_by", flat=True))
    assert ways == [MembershipEnd.RETIRED, MembershipEnd.RESUMED, ""]
    assert Person.objects.members(on=D(2023, 9, 1)).get() == person


def test_death_ends_membership_assignment_office_and_account() -> None:
    branch = make.branch()
    person = make.member(on=D(2010, 3, 1), branch=branch)
    user = services.link_account(person=person)
    term = services.start_term(branch=branch, began_on=D(2021, 1, 1), ends_on=D(2025, 12, 31))
    office = services.elect(person=person, term=term, position=Position.CHAIR)
    heard: list[dt.date] = []

    def hear(*, on: dt.date, **_rest: object) -> None:
        heard.append(on)

    signals.person_died.connect(hear)
    try:
        services.record_death(person=person, on=D(2023, 5, 4))
    finally:
        signals.person_died.disconnect(hear)
    office.refresh_from_db()
    user.refresh_from_db()
    assert heard == [D(2023, 5, 4)]
    assert office.valid_to == D(2023, 5, 4)
    assert not user.is_active
    assert not Person.objects.members(on=D(2023, 5, 5), state=None).exists()
    with pytest.raises(Refused):
        services.record_death(person=person, on=D(2023, 5, 5))
    with pytest.raises(Refused):
        services.admit(person=person, on=D(2024, 1, 1))


def test_a_transfer_between_branches_closes_the_old_one_the_day_before() -> None:
    old, new = make.branch(), make.branch()
    person = make.member(on=D(2020, 3, 1), branch=old)
    services.assign_branch(person=person, branch=new, on=D(2022, 9, 1))
    services.assign_branch(person=person, branch=new, on=D(2022, 10, 1))
    assert list(Person.objects.in_branch([old], on=D(2022, 8, 31))) == [person]
    assert list(Person.objects.in_branch([new], on=D(2022, 9, 1))) == [person]
    assert person.assignments.count() == 2


def test_a_merger_moves_the_people_and_keeps_their_history() -> None:
    old, new = make.branch(), make.branch()
    group = make.branch(parent=old)
    stays = make.member(on=D(2020, 3, 1), branch=old)
    gone = make.member(on=D(2020, 3, 1), branch=old)
    services.leave(person=gone, on=D(2021, 12, 31))
    assert services.merge_branch(branch=old, into=new, on=D(2022, 9, 1)) == 1
    group.refresh_from_db()
    old.refresh_from_db()
    assert group.parent == new
    assert (old.merged_into, old.dissolved_on) == (new, D(2022, 9, 1))
    assert list(Person.objects.in_branch([old], on=D(2022, 8, 31))) == [stays]
    assert list(Person.objects.in_branch([new], on=D(2022, 9, 1))) == [stays]
    assert new in Branch.objects.standing(on=D(2022, 9, 1))
    assert old not in Branch.objects.standing(on=D(2022, 9, 1))


def test_a_branch_with_people_is_not_dissolved() -> None:
    branch = make.branch()
    person = make.member(on=D(2020, 3, 1), branch=branch)
    with pytest.raises(Refused, match="1"):
        services.dissolve_branch(branch=branch, on=D(2022, 9, 1))
    services.leave(person=person, on=D(2022, 8, 31))
    services.dissolve_branch(branch=branch, on=D(2022, 9, 1))
    with pytest.raises(Refused, match=branch.name):
        services.admit(person=make.person(), on=D(2022, 9, 1), branch=branch)


def test_a_new_term_ends_the_offices_of_the_old_one() -> None:
    branch = make.branch()
    person = make.member(branch=branch)
    other = make.member(branch=branch)
    first = services.start_term(branch=branch, began_on=D(2018, 1, 1), ends_on=D(2022, 12, 31))
    office = services.elect(person=person, term=first, position=Position.CHAIR)
    with pytest.raises(Refused, match=person.name):
        services.elect(person=other, term=first, position=Position.CHAIR, on=D(2019, 1, 1))
    second = services.start_term(branch=branch, began_on=D(2023, 3, 1), ends_on=D(2028, 2, 28))
    by_election = services.elect(person=other, term=second, position=Position.CHAIR, on=D(2024, 1, 1))
    office.refresh_from_db()
    assert (second.number, office.valid_to, by_election.by_election) == (2, D(2023, 2, 28), True)
    with pytest.raises(Refused):
        services.elect(person=make.person(), term=second, position=Position.WELFARE)


def test_kin_are_recorded_both_ways_and_taken_back_both_ways() -> None:
    person = make.member()
    child = services.register_kin(person=person, name="小明", relation=Relation.CHILD)
    assert child.kind == PersonKind.KIN
    assert Kinship.objects.get(person=child).relation == Relation.PARENT
    services.remove_kin(kinship=Kinship.objects.get(person=person))
    assert not Kinship.objects.exists()


def test_a_place_in_a_special_group_is_open_once() -> None:
    kind = CohortKind.objects.get(code="model_worker")
    person = make.member()
    place = services.add_to_cohort(person=person, kind=kind, on=D(2020, 5, 1))
    with pytest.raises(Refused, match=kind.name):
        services.add_to_cohort(person=person, kind=kind, on=D(2021, 5, 1))
    services.end_cohort(cohort=place, on=D(2021, 12, 31))
    services.add_to_cohort(person=person, kind=kind, on=D(2022, 5, 1))


def test_accounts_are_linked_in_bulk_without_a_password() -> None:
    people = [make.member() for _ in range(3)]
    services.link_account(person=people[0])
    assert services.link_accounts(people=Person.objects.all()) == 2
    for person in people:
        person.refresh_from_db()
        assert person.user is not None
        assert person.user.staff_number == person.staff_number
        assert not person.user.has_usable_password()
