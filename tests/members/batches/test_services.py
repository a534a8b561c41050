"""Several people joining or moving at once: as one by one, all or none, refused by name, put right one by one."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from members.admissions.enums import AdmissionState
from members.batches import services as together
from members.branches.enums import Position
from members.branches.models import BranchAssignment
from members.branches.services import assignments, offices
from members.memberships.enums import Correction, MembershipChange
from members.memberships.models import Membership, RegisterEntry
from members.memberships.services import corrections, steps
from members.people.enums import PersonKind
from members.people.models import Person
from tests.factories import members as make
from tests.factories.accounts import signed_in
from tests.members.admissions.test_admissions import applied
from union_portal.accounts.enums import Role
from union_portal.base.errors import Refused

pytestmark = pytest.mark.django_db
D = dt.date
ON = D(2026, 3, 1)
LIST = "/admin/members/person/"


def told(person: Person) -> tuple[Any, ...]:
    """Return what the register knows of somebody's membership and branch, keys aside."""
    entries = RegisterEntry.objects.filter(person=person).order_by("pk")
    return (
        list(person.memberships.values_list("valid_from", "valid_to", "began_by", "state", "document")),
        list(person.assignments.order_by("valid_from").values_list("branch", "valid_from", "valid_to")),
        [(one.change, one.on, one.note, sorted(one.closed)) for one in entries],
    )


def test_many_join_as_each_would_and_are_put_right_one_by_one() -> None:
    home, other = make.branch(), make.branch()
    one, many = ([make.person(), make.person()] for _ in range(2))
    for placed in (one[1], many[1]):
        assignments.assign_branch(person=placed, branch=other, on=D(2026, 1, 1))
    waiting = applied(many[0], branch=home)
    steps.admit(person=one[0], on=ON, branch=home, document="一号文")
    steps.admit(person=one[1], on=ON, document="一号文")
    assert together.admit_all(people=many, on=ON, branch=home, document="一号文") == 1
    assert [told(person) for person in many] == [told(person) for person in one]
    waiting.refresh_from_db()
    assert waiting.state != AdmissionState.APPLIED
    act = f"{MembershipChange.JOIN}:{ON}"
    corrections.correct(person=many[0], act=act, how=Correction.NEVER, why="登记错人", actor=None)
    assert not many[0].memberships.exists()
    assert not many[0].assignments.exists()


def test_many_move_as_each_would_and_offices_that_go_on_are_named() -> None:
    home, other = make.branch(name="甲分工会"), make.branch(name="乙分工会")
    one, many, there = (make.member(branch=branch) for branch in (home, home, other))
    term = offices.start_term(branch=home, began_on=D(2022, 1, 1), ends_on=D(2099, 1, 1))
    offices.elect(person=many, term=term, position=Position.CHAIR)
    steps.move_to_branch(person=one, branch=other, on=ON, document="二号文")
    moved, left = together.move_all(people=[many, there], branch=other, on=ON, document="二号文")
    assert (moved, left) == (1, [f"{many.name}（甲分工会主席）"])
    assert told(many) == told(one)
    assert there.assignments.count() == 1


def test_one_who_cannot_stops_all_and_is_named() -> None:
    branch = make.branch()
    joins, moves = make.person(name="何晓岚"), make.member(branch=branch, name="李文")
    member, dead, gone = (make.member(branch=branch, name=name) for name in ("张伟", "程志婉", "白安研"))
    kin = Person.objects.create(name="何小满", kind=PersonKind.KIN)
    steps.record_death(person=dead, on=D(2026, 1, 5))
    steps.transfer_out(person=gone, on=D(2026, 1, 5), counterpart="邻校工会")
    before = (Membership.objects.count(), BranchAssignment.objects.count(), RegisterEntry.objects.count())
    for wrong in (member, dead, kin):
        with pytest.raises(Refused, match=wrong.name):
            together.admit_all(people=[joins, wrong], on=ON, branch=branch)
    with pytest.raises(Refused, match="何晓岚还没有分工会") as refused:
        together.admit_all(people=[joins], on=ON)
    assert refused.value.field == "branch"
    with pytest.raises(Refused, match=r"何晓岚.*尚未到来"):
        together.admit_all(people=[joins], on=D(2099, 1, 1), branch=branch)
    other = make.branch()
    for wrong in (dead, gone, kin):
        with pytest.raises(Refused, match=wrong.name):
            together.move_all(people=[moves, wrong], branch=other, on=ON)
    with pytest.raises(Refused, match="李文"):
        together.move_all(people=[moves], branch=other, on=D(1999, 1, 1))
    after = (Membership.objects.count(), BranchAssignment.objects.count(), RegisterEntry.objects.count())
    assert after == before


def test_the_number_of_queries_is_the_same_for_few_and_many(django_assert_max_num_queries: Any) -> None:
    branch = make.branch()
    for count in (2, 12):
        people = [make.person() for _ in range(count)]
        with django_assert_max_num_queries(30):
            together.admit_all(people=people, on=ON, branch=branch)


def pressed(client: Client, action: str, people: list[Person], **data: Any) -> Any:
    """Tick the people, then send the page that asks."""
    keys = ",".join(str(one.pk) for one in people)
    # As the page's own form sends it: all that the list shows, narrowed by the keys.
    chosen = {"action": action, "_selected_action": [people[0].pk], "select_across": "1", "keys": keys}
    return client.post(f"{LIST}?kind=all", chosen | data, follow=True)


def test_who_is_ticked_in_the_list_joins_and_moves_by_a_page_that_counts_them() -> None:
    home, other = make.branch(), make.branch(name="乙分工会")
    people = [make.person(), make.person()]
    client = signed_in(make.account_with_role(Role.ORGANISATION))
    ticked = {"action": "admit_people", "_selected_action": [one.pk for one in people]}
    asked = client.post(f"{LIST}?kind=all", ticked).content.decode()
    assert "将为所选 2 人办理入会" in asked
    refused = pressed(client, "admit_people", people, on="2026-03-01")
    assert refused.status_code == 422
    assert "还没有分工会" in refused.content.decode()
    done = pressed(client, "admit_people", people, on="2026.3.1", branch=home.pk)
    assert "2 人自 2026-03-01 起为会员，其中 2 人归入" in done.content.decode()
    done = pressed(client, "move_people", people, on="2026.3.2", branch=other.pk)
    assert "2 人自 2026-03-02 起属于乙分工会" in done.content.decode()
    assert RegisterEntry.objects.filter(actor__isnull=False).count() == 4
    welfare = signed_in(make.account_with_role(Role.WELFARE))
    assert "admit_people" not in welfare.get(LIST).content.decode()
    pressed(welfare, "move_people", people, on="2026.3.3", branch=home.pk)
    assert people[0].assignments.count() == 2
