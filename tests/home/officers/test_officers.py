"""A new officer in one page: found by typing, foretold, by two, with a code where one person may do all."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from members.branches.enums import Position
from members.branches.services import offices
from members.people.models import Person
from tests.factories import members as make
from union_portal.accounts import services
from union_portal.accounts.enums import Role
from union_portal.accounts.models import RoleAssignment, User
from union_portal.base.errors import Refused
from union_portal.home.officers.portal import desk_items
from union_portal.home.officers.services import needs_a_role

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_factor")]
PAGE, FOUND = "/admin/officers/", "/admin/officers/candidates/"


@pytest.fixture
def person() -> Person:
    return make.member(name="张伟", staff_number="20180006", branch=make.branch(name="文学院分工会"))


@pytest.fixture
def client() -> Client:
    found = Client()
    found.force_login(make.account_with_role(Role.ADMINISTRATOR))
    return found


def filled(person: Person, **more: Any) -> dict[str, Any]:
    return {"person": person.pk, "roles": [Role.WELFARE], "valid_from": "2026.9.1", "document": "批复"} | more


def test_somebody_is_found_by_name_number_and_pinyin(client: Client, person: Person) -> None:
    for term in ("张伟", "2018", "zhangwei", "zw"):
        (found,) = client.get(FOUND, {"term": term}).json()["results"]
        assert found == {"id": str(person.pk), "text": "张伟 · 20180006 · 文学院分工会"}
    assert client.get(FOUND, {"term": ""}).json()["results"] == []


def test_it_says_what_follows_and_a_second_person_lets_it_count(client: Client, person: Person) -> None:
    chair = make.account_with_role(Role.CHAIR)
    said = client.post(PAGE, filled(person)).content.decode()
    assert f"自 2026-09-01 起，张伟 · 20180006 · 文学院分工会 担任生活福利委员，由{chair}确认后生效" in said
    assert not RoleAssignment.objects.filter(role=Role.WELFARE).exists()
    done = client.post(PAGE, filled(person, sure="1")).content.decode()
    assert "待第二人确认" in done
    assert "登录码由授予角色以外的人" in done
    role = RoleAssignment.objects.get(role=Role.WELFARE)
    assert (role.user.staff_number, role.valid_from, role.document) == ("20180006", dt.date(2026, 9, 1), "批复")
    assert not role.is_settled
    services.confirm_role(assignment=role, actor=chair)
    assert User.objects.get(staff_number="20180006").roles == {Role.WELFARE}
    desk = Client()
    desk.force_login(chair)
    assert desk.get(reverse("admin:accounts_roleassignment_changelist")).status_code == 200


def test_a_branch_chair_needs_a_branch_and_nobody_else_has_one(client: Client, person: Person) -> None:
    branch = person.assignments.get().branch
    refused = client.post(PAGE, filled(person, roles=[Role.BRANCH_CHAIR], sure="1"))
    assert (refused.status_code, RoleAssignment.objects.filter(user__person=person).exists()) == (422, False)
    assert "请选择任主席的分工会" in refused.content.decode()
    assert client.post(PAGE, filled(person, branches=[branch.pk])).status_code == 422
    client.post(PAGE, filled(person, roles=[Role.BRANCH_CHAIR, Role.WELFARE], branches=[branch.pk], sure="1"))
    chaired = RoleAssignment.objects.get(role=Role.BRANCH_CHAIR)
    assert [one.branch for one in chaired.branches.all()] == [branch]
    assert not RoleAssignment.objects.get(role=Role.WELFARE).branches.exists()
    again = client.post(PAGE, filled(person, sure="1")).content.decode()
    assert "已担任此角色" in again


def test_the_account_that_sets_the_portal_up_does_it_alone_and_sees_the_code_once(person: Person) -> None:
    alone = Client()
    alone.force_login(make.account(is_superuser=True))
    assert "立即生效" in alone.post(PAGE, filled(person, code="print")).content.decode()
    refused = alone.post(PAGE, filled(person, code="mail"))
    assert "没有登记电子邮箱" in refused.content.decode()
    done = alone.post(PAGE, filled(person, code="print", sure="1"))
    shown = done.content.decode()
    code = shown.split('class="up-code">')[1].split("<")[0]
    user = services.redeem_code(staff_number="20180006", code=code, password="longenough-7")
    assert user.roles == {Role.WELFARE}


def test_nobody_else_opens_it(person: Person) -> None:
    other = Client()
    other.force_login(make.account_with_role(Role.ORGANISATION))
    assert (other.get(PAGE).status_code, other.get(FOUND).status_code) == (403, 403)


def test_the_desk_says_which_chairs_an_election_left_without_the_role_and_who_kept_one(client: Client) -> None:
    branch, today = make.branch(name="理学院分工会"), timezone.localdate()
    old, new = (make.member(branch=branch, name=name, staff_number=name) for name in ("程志婉", "李文"))
    make.account_with_role(Role.BRANCH_CHAIR, of=old, branches=(branch,))
    term = offices.start_term(
        branch=branch, began_on=dt.date(2022, 1, 1), ends_on=dt.date(2099, 1, 1), officers=[(Position.CHAIR, old)]
    )
    giver = make.account_with_role(Role.ADMINISTRATOR)
    assert list(desk_items(giver)) == []
    held = old.offices.get()
    offices.end_office(office=held, on=today - dt.timedelta(days=1))
    assert list(desk_items(giver)) == []  # nobody follows yet
    offices.elect(person=new, term=term, position=Position.CHAIR, on=today)
    over, without = desk_items(giver)
    assert (over.title, over.count) == ("已卸任而仍有角色的分工会主席", 1)
    assert "理学院分工会程志婉" in over.detail
    assert client.get(over.address).status_code == 200
    assert "理学院分工会李文" in without.detail
    form = client.get(without.address).context["form"]
    told = {name: form[name].value() for name in ("person", "roles", "branches")}
    assert told == {"person": new.pk, "roles": ["branch_chair"], "branches": [branch.pk]}
    client.post(PAGE, {**told, "valid_from": f"{today}", "sure": "1"})
    assert [item.title for item in desk_items(giver)] == [over.title]  # it waits for a second person, as given
    services.end_role(assignment=RoleAssignment.objects.get(user__person=old), on=today, actor=giver)
    assert list(desk_items(giver)) == []
    assert list(desk_items(make.account_with_role(Role.ORGANISATION))) == []


def test_what_an_address_fills_in_is_checked_as_what_is_typed(client: Client) -> None:
    answer = client.get(PAGE, {"person": "7' or", "roles": "king", "branches": "x", "valid_from": "gestern"})
    assert answer.status_code == 200


def test_a_chair_who_needs_no_role_is_put_aside_with_a_reason_and_listed_again(client: Client, person: Person) -> None:
    administrator = User.objects.get(pk=client.session["_auth_user_id"])
    chair = make.chair(person, of=make.branch(name="史学院分工会"))
    (item,) = desk_items(administrator)
    aside = reverse("home:officer_aside", args=[chair.pk])
    assert aside in client.get(item.address).content.decode()
    assert client.post(aside, {"reason": " "}).status_code == 422
    assert list(desk_items(administrator))
    client.post(aside, {"reason": "由学院办公室代办"})
    said = person.asides.get()
    assert (said.reason, said.actor, said.aside) == ("由学院办公室代办", administrator, True)
    assert not list(desk_items(administrator))
    assert "由学院办公室代办" in client.get(aside).content.decode()
    client.post(aside)
    assert list(desk_items(administrator)) == [item]
    with pytest.raises(Refused, match="没有标为不适用"):
        needs_a_role(office=chair, actor=administrator)
    elsewhere = Client()
    elsewhere.force_login(make.account_with_role(Role.WELFARE))
    assert elsewhere.post(aside, {"reason": "x"}).status_code == 403
