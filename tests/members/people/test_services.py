"""People are registered, found by their names, and given accounts."""

import datetime as dt
from typing import Any

import pytest

from members.people import services
from members.people.models import Person
from tests.factories import members as make
from union_portal.base.errors import DomainError


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
    with pytest.raises(DomainError) as refusal:
        make.person(staff_number="20230001")
    assert refusal.value.field == "staff_number"


def test_the_desk_takes_no_day_to_come_and_no_work_of_a_child() -> None:
    for wrong in ({"birth_date": dt.date(2090, 1, 1)}, {"first_work_on": dt.date(1990, 1, 1)}):
        details: dict[str, Any] = {"birth_date": dt.date(1980, 1, 1), **wrong}
        with pytest.raises(DomainError) as refusal:
            make.person(**details)
        assert refusal.value.field in wrong


def test_accounts_are_linked_in_bulk_without_a_password() -> None:
    people = [make.member() for _ in range(3)]
    services.link_account(person=people[0])
    assert services.link_accounts(people=Person.objects.all()) == 2
    for person in people:
        person.refresh_from_db()
        assert person.user is not None
        assert person.user.staff_number == person.staff_number
        assert not person.user.has_usable_password()


pytestmark = pytest.mark.django_db
