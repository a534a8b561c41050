"""A step on a membership says what it ends before it is taken, room by room; and what goes on all the same."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from congress.bodies.enums import Body
from congress.delegates.models import Delegate, Delegation
from congress.departments.enums import DepartmentDuty
from congress.departments.models import DepartmentPost
from congress.proposals.enums import ProposalState, SecondingState
from congress.proposals.models import Seconding
from members.branches.models import Branch, Office
from members.memberships.enums import MembershipChange
from members.memberships.services import steps
from members.memberships.services.foretelling import foretell
from members.people.models import Person
from tests.factories import bodies, committees, delegates, departments, drives, proposals, rounds, sessions
from tests.factories import members as make
from tests.factories.accounts import signed_in
from tests.members.memberships.test_corrections import chair
from union_portal.accounts.enums import Role
from union_portal.accounts.models import RoleAssignment
from welfare.mutual_aid.models import Cover, MutualAidPlan

C = MembershipChange
TODAY = timezone.localdate()
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
    ends, stays = str(ahead).partition("不随之终止")[::2]
    office = Office.objects.get(person=busy)
    assert ("工会任职（文学院分工会主席）" in ends) == (office.valid_to == TODAY)
    place = busy.assignments.get(branch=Branch.objects.get(name="文学院分工会"))
    assert ("在文学院分工会的归属" in ends) == (place.valid_to is not None)
    assert ("会籍" in ends) == (busy.memberships.earliest("valid_from").valid_to == TODAY)
    busy.user.refresh_from_db()  # type: ignore[union-attr]
    assert ("账号和角色" in ends) == (not busy.user.is_active)  # type: ignore[union-attr]
    assert DepartmentPost.objects.get(person=busy).valid_to is None
    if change == C.MOVE:
        assert stays.endswith("工会任职（文学院分工会主席）")
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
    assert client.post(place, {"sealed": looked.context["sealed"]}).status_code == 302
    assert busy.entries.filter(on=TODAY).exists()


pytestmark = pytest.mark.django_db
