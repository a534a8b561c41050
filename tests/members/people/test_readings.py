"""How one person's name is read: corrected by staff, followed by order and search, left alone by imports."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from members.people import services as people
from members.people.models import Person
from members.register.resources.people import PeopleResource
from tests.factories import members as make
from tests.members.register.hr_spreadsheet import sheet
from union_portal.accounts.enums import Role
from union_portal.base.chinese import typed_reading
from union_portal.base.errors import Refused


@pytest.mark.parametrize(
    ("name", "typed", "stored"),
    [
        ("曾伟", "ceng wei", "ceng2 wei3"),
        ("曾伟", "Céng Wěi", "ceng2 wei3"),
        ("单雄信", "dan1 xiong2 xin4", "dan1 xiong2 xin4"),
        ("吕布", "lǚ bù", "lv3 bu4"),
    ],
)
def test_a_reading_is_typed_with_or_without_tones(name: str, typed: str, stored: str) -> None:
    assert typed_reading(name, typed) == stored


def test_order_and_search_follow_the_corrected_reading() -> None:
    first, last = make.person(name="崔颢"), make.person(name="曾小单")
    assert list(Person.objects.search("zengxiao")) == [last]
    assert list(Person.objects.all()) == [first, last]

    people.correct_reading(person=last, reading="ceng xiao shan")

    assert list(Person.objects.all()) == [last, first]
    for word in ("cengxiaoshan", "cxs", "曾小单"):
        assert list(Person.objects.search(word)) == [last]

    people.correct_reading(person=last, reading="")
    assert list(Person.objects.all()) == [first, last]
    assert not list(Person.objects.search("cxs"))


@pytest.mark.parametrize("typed", ["ceng", "ceng xiao dan wei", "ceng 小 dan", "ceng7 xiao dan"])
def test_a_reading_that_does_not_fit_the_name_is_refused(typed: str) -> None:
    with pytest.raises(Refused, match="曾小单"):
        people.correct_reading(person=make.person(name="曾小单"), reading=typed)


def test_a_new_name_is_read_as_usual_again() -> None:
    person = people.correct_reading(person=make.person(name="曾小单"), reading="ceng xiao dan")
    assert people.change_person(person=person, department="图书馆").reading == "ceng2 xiao3 dan1"
    changed = people.change_person(person=person, name="曾小山")
    assert (changed.reading, list(Person.objects.search("zxs"))) == ("", [changed])


def test_an_import_leaves_the_reading_alone_until_the_name_changes() -> None:
    PeopleResource().confirm(sheet("工号 姓名 职称", ["1", "曾小单", "讲师"]))
    people.correct_reading(person=Person.objects.get(), reading="ceng xiao shan")

    PeopleResource().confirm(sheet("工号 姓名 职称", ["1", "曾小单", "教授"]))
    kept = Person.objects.get()
    assert (kept.professional_title, kept.reading) == ("教授", "ceng2 xiao3 shan4")
    assert list(Person.objects.search("cxs")) == [kept]

    PeopleResource().confirm(sheet("工号 姓名 职称", ["1", "曾小川", "教授"]))
    assert (Person.objects.get().reading, Person.objects.search("cxs").exists()) == ("", False)


def test_staff_correct_the_reading_on_the_persons_page(client: Client, settings: Any) -> None:
    settings.PORTAL_STAFF_TOTP = False
    client.force_login(make.account_with_role(Role.ORGANISATION))
    person = make.person(name="单雄信")
    address = reverse("admin:members_person_correct_reading", args=[person.pk])
    assert "shan4 xiong2 xin4" in client.get(address).content.decode()
    assert client.post(address, {"reading": "shan"}).status_code == 422
    client.post(address, {"reading": "dan xiong xin"})
    person.refresh_from_db()
    assert person.pinyin_key.startswith("dan1")


pytestmark = pytest.mark.django_db
