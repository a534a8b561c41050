"""A step on a membership says what it ends before it is taken, room by room; and what goes on all the same."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from congress.bodies.enums import Body
from congress.committees.models import CommitteeSeat
from congress.delegates.models import Delegate, Delegation
from congress.departments.enums import DepartmentDuty
from congress.departments.models import DepartmentPost
from congress.proposals.enums import ProposalState, SecondingState
from congress.proposals.models import Seconding
from members.branches.enums import Position
from members.branches.models import Branch, Office
from members.branches.services.offices import elect
from members.kin.enums import Relation
from members.kin.services import register_kin
from members.memberships.enums import MembershipChange
from members.memberships.models import SetAside
from members.memberships.services import asides, steps
from members.memberships.services.foretelling import foretell
from members.people.models import Person
from tests.factories import bodies, committees, delegates, departments, drives, proposals, rounds, sessions
from tests.factories import members as make
from tests.factories.accounts import signed_in
from tests.members.memberships.test_corrections import chair
from union_portal.accounts.enums import Role
from union_portal.accounts.models import RoleAssignment
from union_portal.base.errors import Refused
from welfare.benefits.models import Benefit
from welfare.grants.models import Grant
from welfare.life_events.enums import EventKind
from welfare.mutual_aid.models import Cover, MutualAidPlan

C = MembershipChange
TODAY = timezone.localdate()
DAY = dt.timedelta(days=1)
YEAR = dt.timedelta(days=365)


@pytest.fixture
def busy() -> Person:
    """Make a member with something in every room."""
    branch = make.branch(name="文学院分工会")
    person = make.member(name="白安研", branch=branch)
    chair(person, branch)
    for body in (Body.STAFF, Body.UNION):
        term = bodies.congress(body=body)
        one = delegates.delegate(of=term, person=person)
        delegates.delegation(of=term, name=f"{body.label}一团", head=one)
    proposal = proposals.proposal(
        state=ProposalState.SECONDING, congress=term, drive=drives.drive(of=sessions.session(term))
    )
    Seconding.objects.create(proposal=proposal, delegate=one, state=SecondingState.ACCEPTED)
    committees.seat(committee=committees.committee(name="第九届工会委员会"), person=person, on=TODAY)
    office = departments.department(name="后勤处")
    DepartmentPost.objects.create(department=office, person=person, duty=DepartmentDuty.CONTACT, valid_from=TODAY)
    person.refresh_from_db()
    plan = MutualAidPlan.objects.create(code="ahead", name="住院保障")
    Cover.objects.create(
        person=person, plan=plan, starts_on=TODAY - YEAR / 2, ends_on=TODAY + YEAR / 2, paid_on=TODAY, source="清单"
    )
    assert person.user is not None
    RoleAssignment.objects.create(user=person.user, role=Role.WELFARE, valid_from=dt.date(2020, 1, 1))
    rounds.locked()
    return Person.objects.get(pk=person.pk)


STAYS = ("第九届工会委员会委员", "后勤处联系人", "住院保障参保", "（已列入）")
STEPS: dict[MembershipChange, tuple[Callable[..., Any], dict[str, Any], int]] = {
    C.TRANSFER_OUT: (steps.transfer_out, {"counterpart": "邻校工会"}, 2),
    C.LEAVE: (steps.leave, {}, 1),
    C.RETIRE: (steps.retire, {}, 2),
    C.DEATH: (steps.record_death, {}, 2),
    C.MOVE: (steps.move_to_branch, {}, 0),
}


@pytest.mark.parametrize("change", STEPS)
def test_what_a_step_foretells_is_what_it_ends(busy: Person, change: MembershipChange) -> None:
    step, told, over = STEPS[change]
    if change == C.MOVE:
        told = {"branch": make.branch()}
    ahead = foretell(person=busy, change=change, on=TODAY)
    step(person=busy, on=TODAY, actor=None, **told)
    running = Delegate.objects.filter(person=busy, valid_to=None)
    assert len([words for words in ahead.ends if words.endswith("资格")]) == 2 - running.count() == over
    led = Delegation.objects.filter(head__person=busy).count()
    assert len([words for words in ahead.ends if words.endswith("一团团长")]) == 2 - led == over
    lapsed = not Seconding.objects.living().filter(delegate__person=busy).exists()
    assert ("附议 1 件" in ahead.ends) == lapsed == (over > 0)
    ends, stays = str(ahead).partition("\n不随之终止")[::2]
    office = Office.objects.get(person=busy)
    assert ("工会任职（文学院分工会主席）" in ends) == (office.valid_to == TODAY)
    place = busy.assignments.get(branch=Branch.objects.get(name="文学院分工会"))
    assert ("在文学院分工会的归属" in ends) == (place.valid_to is not None)
    assert ("会籍" in ends) == (busy.memberships.earliest("valid_from").valid_to == TODAY)
    busy.user.refresh_from_db()  # type: ignore[union-attr]
    assert ("账号和角色" in ends) == (not busy.user.is_active)  # type: ignore[union-attr]
    assert DepartmentPost.objects.get(person=busy).valid_to is None
    if change == C.MOVE:
        assert stays == "：工会任职（文学院分工会主席）。"
    else:
        assert all(words in stays for words in STAYS), stays
        assert ("生活福利委员" in stays) == (change != C.DEATH)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("retire-member", {"retain": "on"}),
        ("transfer-member", {"where": "out", "counterpart": "邻校工会"}),
        ("leave-union", {}),
        ("transfer-member", {"where": "branch", "branch": ""}),
        ("record-death-of", {}),
    ],
)
def test_the_page_says_it_and_waits_for_a_confirmation(busy: Person, name: str, data: dict[str, Any]) -> None:
    client = signed_in(make.account_with_role(Role.ORGANISATION))
    place = f"/admin/members/person/{busy.pk}/{name}/"
    told = {**data, "on": f"{TODAY}"} | ({"branch": make.branch().pk} if "branch" in data else {})
    looked = client.post(place, told)
    page = looked.content.decode()
    assert "请核对，确认后办理" in page
    assert "随之终止" in page
    assert "文学院分工会主席" in page
    assert not busy.entries.filter(on=TODAY).exists()
    done = client.post(place, {"sealed": looked.context["sealed"]}, follow=True)
    assert busy.entries.filter(on=TODAY).exists()
    assert "项须接着办理，列在下面。" in done.content.decode()
    assert "不随之终止" not in done.content.decode()


def to_do(person: Person, *roles: Role) -> dict[str, Any]:
    page = signed_in(make.account_with_role(*roles)).get(f"/admin/members/person/{person.pk}/change/")
    return {one.words: one for one in page.context["to_do"]}


def test_what_is_left_stands_on_the_page_each_with_its_way_and_is_ticked_until_the_last_is_done(busy: Person) -> None:
    assert to_do(busy, Role.ORGANISATION) == {}
    steps.transfer_out(person=busy, on=TODAY, counterpart="邻校工会")
    left = to_do(busy, Role.ORGANISATION)
    chair_is_open, role, account = "文学院分工会主席空缺", "角色（生活福利委员）", "账号仍可登录"
    assert left[chair_is_open].address.endswith("/elect-officer/?position=chair")
    assert (left[role].address, left[role].by) == ("", "系统管理员")
    assert left[account].by == "系统管理员"
    assert any(one.optional and "住院保障参保" in words for words, one in left.items())
    assert [one.optional for one in left.values()] == sorted(one.optional for one in left.values())
    both = to_do(busy, Role.ORGANISATION, Role.ADMINISTRATOR, Role.CONGRESS, Role.WELFARE)
    assert all(one.address for one in both.values() if not one.optional), both
    client = signed_in(make.account_with_role(Role.ORGANISATION, Role.ADMINISTRATOR, Role.CONGRESS, Role.WELFARE))
    assert all(client.get(one.address).status_code == 200 for one in both.values())

    RoleAssignment.objects.filter(user=busy.user).update(valid_to=TODAY)
    assert to_do(busy, Role.ORGANISATION)[role].done
    assert busy.user is not None
    busy.user.is_active = False
    busy.user.save()
    CommitteeSeat.objects.filter(person=busy).update(valid_to=TODAY)
    DepartmentPost.objects.filter(person=busy).update(valid_to=TODAY)
    Grant.objects.filter(person=busy).delete()
    assert not to_do(busy, Role.ORGANISATION)[chair_is_open].done
    term = Branch.objects.get(name="文学院分工会").terms.get()
    elect(person=make.member(on=TODAY - YEAR), term=term, position=Position.CHAIR, on=TODAY + DAY)
    # The covers run to their end by themselves.
    assert to_do(busy, Role.ORGANISATION) == {}


def test_what_does_not_apply_is_put_aside_with_a_reason_and_listed_again(busy: Person) -> None:
    steps.transfer_out(person=busy, on=TODAY, counterpart="邻校工会")
    client, chair_is_open = signed_in(make.account_with_role(Role.ORGANISATION)), "文学院分工会主席空缺"
    assert "标为不适用" in client.get(f"/admin/members/person/{busy.pk}/change/").content.decode()
    before = to_do(busy, Role.ORGANISATION)
    assert not any(one.way for one in before.values() if one.optional)
    way = before[chair_is_open].way
    (chosen,) = client.get(way).context["form"].fields["item"].choices
    assert chosen[1] == chair_is_open
    assert client.post(way, {"item": chosen[0], "why": " "}).status_code == 422
    assert not SetAside.objects.exists()
    done = client.post(way, {"item": chosen[0], "why": "分工会即将撤销"}, follow=True).content.decode()
    assert "不适用：分工会即将撤销" in done
    said = SetAside.objects.get()
    assert (said.words, said.aside, said.person_id) == (chair_is_open, True, busy.pk)
    with pytest.raises(Refused, match="别人标过"):
        asides.set_aside(person=busy, item=chosen[0], why="再次", actor=None)
    # All the rest done: it stays to be listed again, and holds nothing up.
    found = asides.left_after(busy)
    assert found is not None
    for one in found[1].open:
        asides.set_aside(person=busy, item=one.key, why="无须办理", actor=None)
    left = to_do(busy, Role.ORGANISATION)
    assert all(one.aside or one.optional for one in left.values())
    again = left[chair_is_open].way
    assert client.post(again, {"item": chosen[0]}).status_code == 302
    left = to_do(busy, Role.ORGANISATION)
    assert left[chair_is_open].aside is None
    assert left[chair_is_open].address
    page = client.get(f"/admin/members/person/{busy.pk}/change/").content.decode()
    assert "标为不适用：文学院分工会主席空缺" in page
    assert "重新列出：文学院分工会主席空缺" in page


@pytest.mark.attack
def test_nobody_else_puts_aside_and_what_was_said_is_never_changed(busy: Person) -> None:
    steps.transfer_out(person=busy, on=TODAY, counterpart="邻校工会")
    way = next(one.way for one in to_do(busy, Role.ORGANISATION).values() if one.way)
    for role in (Role.WELFARE, Role.BRANCH_CHAIR, Role.AUDIT):
        asked = signed_in(make.account_with_role(role)).post(way, {"item": way.partition("item=")[2], "why": "x"})
        assert asked.status_code in {403, 404}
    asked = signed_in(make.account_with_role(Role.ORGANISATION)).post(way, {"item": "nothing", "why": "x"})
    assert asked.status_code == 422
    assert not SetAside.objects.exists()
    item = next(one.key for one in asides.left_after(busy)[1].open)  # type: ignore[index]
    said = asides.set_aside(person=busy, item=item, why="无须办理", actor=None)
    for change in (lambda: SetAside.objects.update(reason="y"), said.delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    with pytest.raises(IntegrityError), transaction.atomic():
        SetAside.objects.create(person=busy, change="leave", on=TODAY, item="x", words="x", aside=True)


def test_a_death_leads_to_the_condolence_and_names_the_relatives(busy: Person) -> None:
    spouse = register_kin(person=busy, relation=Relation.SPOUSE, name="何小满")
    Benefit.objects.filter(pk=rounds.benefit("hospital").pk).update(event_kind=EventKind.DEATH)
    steps.record_death(person=busy, on=TODAY)
    left = to_do(busy, Role.ORGANISATION, Role.WELFARE)
    case = left["去世慰问"]
    form = signed_in(make.account_with_role(Role.WELFARE)).get(case.address).context["form"]
    assert (form["person"].value(), form["kind"].value(), form["occurred_on"].value()) == (
        *(busy.pk, "death"),
        f"{TODAY}",
    )
    assert left["亲属：配偶何小满"].address == f"/admin/members/person/{spouse.pk}/change/"
    assert to_do(busy, Role.ORGANISATION)["去世慰问"].by == "生活福利委员"


def test_nobody_else_is_shown_what_is_left_and_who_is_back_has_nothing_left(busy: Person) -> None:
    steps.transfer_out(person=busy, on=TODAY - DAY, counterpart="邻校工会")
    assert to_do(busy, Role.WELFARE) == {}
    assert to_do(busy, Role.ORGANISATION)
    steps.admit(person=busy, on=TODAY, branch=make.branch())
    assert to_do(busy, Role.ORGANISATION) == {}


pytestmark = pytest.mark.django_db
