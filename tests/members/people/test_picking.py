"""A person picked by typing: found as the register finds, told apart by number and branch, only whom one may see."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from members.branches.services import offices
from members.memberships.services import steps
from members.people.models import Person
from members.register.admin import choosing
from tests.factories import members as make
from tests.factories.accounts import signed_in
from union_portal.accounts.enums import Role

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_factor")]


@pytest.fixture
def one_factor(settings: Any) -> None:
    settings.PORTAL_STAFF_TOTP = False


def found(client: Client, term: str, *, among: str = "") -> list[str]:
    asked = {"app_label": "members", "model_name": "person", "field_name": "id", "term": term, "among": among}
    answer = client.get(reverse("admin:autocomplete"), asked)
    assert answer.status_code == 200
    return [one["text"] for one in answer.json()["results"]]


def test_a_picker_finds_by_name_number_and_pinyin_whose_initials_are_the_word_first() -> None:
    branch = make.branch(name="文学院分工会")
    exact = make.member(name="张伟", branch=branch, staff_number="20180006")
    inside = make.member(name="程志婉", staff_number="20180007")
    longer = make.member(name="郑文丽", staff_number="20190001")
    kin = Person.objects.create(name="张小伟", kind="kin", search_key=" 张小伟 zhangxiaowei zxw")
    client = signed_in(make.account_with_role(Role.ORGANISATION))
    named = f"张伟 · {exact.staff_number} · {branch.name}"
    for term in ("张伟", "zhangwei", "zw", "20180006"):
        assert found(client, term)[0] == named, term
    order = found(client, "zw")
    assert order.index(named) < order.index(longer.picked_as) < order.index(inside.picked_as)
    assert found(client, "zxw") == ["张小伟 · 亲属"]
    assert kin.picked_as == "张小伟 · 亲属"


def test_the_usual_reading_of_a_name_comes_before_a_rarer_one() -> None:
    rare, usual = make.member(name="方海恒"), make.member(name="王小云")
    names = [one.split(" · ")[0] for one in found(signed_in(make.account_with_role(Role.ORGANISATION)), "wang")]
    assert names == [usual.name, rare.name]


def test_a_picker_offers_and_takes_only_whom_the_account_may_see() -> None:
    mine, other = make.branch(), make.branch()
    near, far = make.member(name="李甲", branch=mine), make.member(name="李乙", branch=other)
    chair = signed_in(make.account_with_role(Role.BRANCH_CHAIR, branches=(mine,)))
    assert found(chair, "李") == [f"{near.name} · {near.staff_number} · {mine.name}"]
    asked = {"app_label": "members", "model_name": "person", "field_name": "id", "term": far.name}
    assert signed_in(make.account()).get(reverse("admin:autocomplete"), asked).status_code in {302, 403}


def test_a_link_names_the_person_a_form_begins_with_and_days_are_typed_as_lists_write_them() -> None:
    branch = make.branch()
    offices.start_term(branch=branch, began_on=dt.date(2024, 1, 1), ends_on=dt.date(2099, 1, 1))
    person = make.member(branch=branch, on=dt.date(2020, 1, 1))
    client = signed_in(make.account_with_role(Role.ORGANISATION))
    address = reverse("admin:members_branch_elect_officer", args=[branch.pk])
    page = client.get(address, {"person": person.pk}).content.decode()
    assert f"{person.name} · {person.staff_number} · {branch.name}</option>" in page
    assert 'type="date"' not in page
    assert client.get(address, {"person": "x' or 1"}).status_code == 200
    for nobody in ("x", "99999999"):
        refused = client.post(address, {"person": nobody, "position": "chair", "on": "2024-09-01"})
        assert (refused.status_code, "没有找到，或不在您可查看的范围内" in refused.content.decode()) == (422, True)

    wrong = client.post(address, {"person": person.pk, "position": "chair", "on": "2024/13/1"})
    assert "也可以写 2026.9.1" in wrong.content.decode()
    client.post(address, {"person": person.pk, "position": "chair", "on": "2024年9月1日"})
    assert person.offices.get().valid_from == dt.date(2024, 9, 1)


def test_a_step_lists_only_whom_it_can_be_recorded_of() -> None:
    branch, last = make.branch(), dt.date(2026, 3, 31)
    works, retired, gone, dead = (make.member(name=f"祁{one}", branch=branch) for one in "甲乙丙丁")
    newcomer, kin = make.person(name="祁戊"), make.person(name="祁己", kind="kin", staff_number=None)
    steps.retire(person=retired, on=last)
    steps.transfer_out(person=gone, on=last, counterpart="邻校工会")
    steps.record_death(person=dead, on=last)
    client = signed_in(make.account_with_role(Role.ORGANISATION))
    may: dict[str, set[Person]] = {
        "admit_member": {gone, newcomer},
        "transfer_member": {works, retired},
        "retire_member": {works},
        "leave_union": {works, retired},
        "resume_membership": {retired},
        "record_death_of": {works, retired, gone, newcomer, kin},
        "no such step": {works, retired, gone, dead, newcomer, kin},
    }
    for step, people in may.items():
        listed = {one.split(" · ")[0] for one in found(client, "祁", among=step)}
        assert listed == {one.name for one in people}, step
    for step in set(may) & set(choosing.STEPS):
        page = client.get(reverse(f"admin:members_person_do_{step}")).content.decode()
        assert f"?among={step}" in page, step
