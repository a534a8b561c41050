"""The register's steps as jobs: begun without a person, named in the heading, refused in words, put right at once."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from members.memberships.services import steps
from members.people.enums import PersonKind
from members.people.models import Person
from tests.factories import members as make
from tests.factories.accounts import signed_in
from tests.members.register import hr_spreadsheet
from tests.members.register.test_desk import LIST, confirmed, shown, step
from union_portal.accounts.enums import Role

pytestmark = pytest.mark.django_db
D = dt.date
NAMED = {"transfer_member", "retire_member", "leave_union", "record_death_of", "rename_member", "correct_entry"}


@pytest.fixture
def desk() -> Client:
    return signed_in(make.account_with_role(Role.ORGANISATION))


def begun(client: Client, name: str, person: Person) -> Any:
    return client.get(reverse(f"admin:members_person_do_{name}"), {"person": person.pk})


def test_a_step_begins_by_typing_and_goes_on_to_the_page_that_names_the_person(desk: Client) -> None:
    person = make.member(branch=make.branch())
    for name in NAMED:
        answer = begun(desk, name, person)
        assert answer["Location"] == reverse(f"admin:members_person_{name}", args=[person.pk]), name
    assert str(person) in step(desk, person, "transfer-member").context["title"]
    assert desk.get(reverse("admin:members_person_do_retire_member"), {"person": "7' or"}).status_code == 200
    near = signed_in(make.account_with_role(Role.WELFARE))
    assert begun(near, "retire_member", person).status_code == 403


def test_whoever_has_nothing_of_the_kind_to_record_is_told_where_they_stand(desk: Client) -> None:
    branch = make.branch()
    retired, gone, dead = (make.member(branch=branch) for _ in range(3))
    kin = Person.objects.create(name="何小满", kind=PersonKind.KIN)
    steps.retire(person=retired, on=D(2026, 3, 31))
    steps.transfer_out(person=gone, on=D(2026, 3, 31), counterpart="邻校工会")
    steps.record_death(person=dead, on=D(2026, 3, 31))
    for person, name, words in (
        (retired, "retire_member", "已登记于 2026-03-31 退休"),
        (gone, "transfer_member", "目前不是会员"),
        (dead, "transfer_member", "已于 2026-03-31 去世，只能更正登记"),
        (kin, "admit_member", "目前不是会员"),
    ):
        answer = begun(desk, name, person)
        assert (answer.status_code, words in answer.content.decode()) == (200, True), (name, answer.context["why_not"])
    menu = desk.get(reverse("admin:members_person_change", args=[gone.pk])).content.decode()
    offered = {name for name in NAMED if f"/{gone.pk}/{name.replace('_', '-')}/" in menu}
    assert offered == {"record_death_of", "rename_member", "correct_entry"}


def test_a_joiner_of_the_register_is_completed_and_admitted_on_one_page(desk: Client) -> None:
    branch = make.branch()
    person = make.person(mobile="13912345678")
    number = hr_spreadsheet.identity_number(born=D(1990, 1, 2), male=True, place=3)
    asked = step(desk, person, "admit-member").context["form"].fields
    assert {"identity_number", "bank_card"} <= asked.keys()
    assert "mobile" not in asked
    confirmed(desk, person, "admit-member", on="2026.9.1", branch=branch.pk, identity_number=number)
    person.refresh_from_db()
    assert (person.identity_number, person.memberships.get().valid_from) == (number, D(2026, 9, 1))
    bad = step(desk, make.person(), "admit-member", on="2026.9.1", branch=branch.pk, identity_number="110101")
    assert bad.status_code == 422


def test_a_new_person_is_asked_for_above_the_form_and_ends_on_the_own_page(desk: Client) -> None:
    address = reverse("admin:members_person_add")
    page = desk.get(address)
    assert reverse("admin:members_person_do_admit_member") in page.content.decode()
    assert page.context["adminform"].form.initial["joined_on"] == f"{timezone.localdate()}"
    told = {"staff_number": "77", "name": "曾敏", "kind": "staff", "membership": "joined", "joined_on": "20260901"}
    answer = desk.post(address, {**told, "branch": make.branch().pk})
    person = Person.objects.get(staff_number="77")
    assert answer["Location"] == reverse("admin:members_person_change", args=[person.pk])
    assert person.memberships.get().valid_from == D(2026, 9, 1)


def test_another_name_is_a_step_that_the_account_follows_and_that_goes_back_to_exactly_what_was(desk: Client) -> None:
    person = make.member(name="曾静")
    account = make.account(of=person)
    step(desk, person, "correct-reading", reading="ceng jing")
    person.refresh_from_db()
    reading = person.reading
    assert step(desk, person, "rename-member", name="曾静", on="2026-03-01").status_code == 422
    confirmed(desk, person, "rename-member", name="曾 静宜", on="2026年3月1日", document="户口簿")
    person.refresh_from_db()
    account.refresh_from_db()
    assert (person.name, account.name, "jingyi" in person.search_key) == ("曾静宜", "曾静宜", True)

    page = desk.get(reverse("admin:members_person_change", args=[person.pk])).content.decode()
    assert "更名 2026-03-01：曾静 → 曾静宜（户口簿）" in page
    way_back = f"{reverse('admin:members_person_correct_entry', args=[person.pk])}?act=rename%3A2026-03-01"
    assert way_back in page
    assert 'value="rename:2026-03-01" selected' in desk.get(way_back).content.decode()
    confirmed(desk, person, "correct-entry", act="rename:2026-03-01", how="never", why="登记错人")
    person.refresh_from_db()
    account.refresh_from_db()
    assert (person.name, person.reading, account.name) == ("曾静", reading, "曾静")
    assert "已更正" in desk.get(reverse("admin:members_person_change", args=[person.pk])).content.decode()


def test_the_list_shows_who_is_there_and_its_parts_hold_everybody_once(desk: Client) -> None:
    branch = make.branch()
    working, retired, gone, back, dead = (make.member(branch=branch) for _ in range(5))
    kin = Person.objects.create(name="何小满", kind=PersonKind.KIN)
    steps.retire(person=retired, on=D(2026, 3, 31))
    for person in (gone, back):
        steps.transfer_out(person=person, on=D(2026, 3, 31), counterpart="邻校工会")
    steps.admit(person=back, on=D(2026, 9, 1), branch=branch)
    steps.record_death(person=dead, on=D(2026, 3, 31))
    parts: dict[str, set[Person]] = {
        "staff": {working, back},
        "retiree": {retired},
        "others": {kin},
        "gone": {gone, dead},
    }
    for kind, people in parts.items():
        assert set(shown(desk, kind=kind)) == people, kind
    assert set(shown(desk)) == {working, back, retired}
    assert set(shown(desk, kind="all")) == set().union(*parts.values())
    assert "在职与离退休" in desk.get(reverse(LIST)).content.decode()


def test_a_step_that_was_looked_at_is_filled_in_anew_without_typing_it_again(desk: Client) -> None:
    person = make.member(branch=make.branch())
    looked = step(desk, person, "leave-union", on="2026-03-01", document="退会申请书")
    assert "返回修改" in looked.content.decode()
    again = step(desk, person, "leave-union", sealed=looked.context["sealed"], alter="yes")
    assert (again.status_code, again.context["sealed"]) == (200, "")
    assert 'value="退会申请书"' in again.content.decode()
    assert 'value="2026-03-01"' in again.content.decode()
    assert person.memberships.get().valid_to is None
    assert "重新填写" in step(desk, person, "leave-union", sealed="x:y:z", alter="yes").content.decode()
    confirmed(desk, person, "leave-union", on="2026-03-02", document="退会申请书")
    assert person.memberships.get().valid_to == D(2026, 3, 2)


def test_what_is_recorded_for_a_day_to_come_stands_beside_what_holds_today(desk: Client) -> None:
    person, today = make.member(branch=make.branch()), timezone.localdate()
    page = reverse("admin:members_person_change", args=[person.pk])
    assert desk.get(page).context["ahead"] == ""
    steps.leave(person=person, on=today)
    assert desk.get(page).context["ahead"] == f"{today} 退会"
    outsider = make.person()
    Person.objects.filter(pk=outsider.pk).update(retired_on=today)
    assert desk.get(reverse("admin:members_person_change", args=[outsider.pk])).context["ahead"] == f"{today} 退休"


def test_whoever_joins_by_the_form_belongs_to_a_branch_and_an_error_leads_to_its_field(desk: Client) -> None:
    told: dict[str, Any] = {"name": "何晓岚", "kind": "staff", "membership": "joined", "joined_on": "2026-03-01"}
    refused = desk.post(reverse("admin:members_person_add"), told).content.decode()
    assert '<a href="#id_branch">所属分工会：请选择所属分工会' in refused
    assert '<a href="#id_staff_number">工号：教职工须有工号。' in refused
    assert not Person.objects.exists()
    told["staff_number"] = "20260001"
    desk.post(reverse("admin:members_person_add"), {**told, "membership": "recorded"})
    assert Person.objects.get().memberships.count() == 1


def test_the_list_says_that_it_goes_by_the_names(desk: Client) -> None:
    for name in ("张伟", "白雪", "李娜"):
        make.member(name=name)
    assert [one.name for one in shown(desk)] == ["白雪", "李娜", "张伟"]
    assert [one.name for one in shown(desk, o="-1")] == ["张伟", "李娜", "白雪"]
    assert list(desk.get(reverse(LIST)).context["cl"].get_ordering_field_columns())[:1] == [1]
