"""Branches on the desk: the tree, merging, electing."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from members.branches.enums import Position
from members.branches.models import Branch
from members.branches.portal import desk_items
from members.branches.services import offices
from members.people.models import Person
from tests.factories import members as make
from tests.factories.accounts import signed_in
from tests.members.register.test_desk import D
from union_portal.accounts.enums import Role


def test_branches_stand_as_a_tree_with_chair_members_and_the_end_of_the_term() -> None:
    root = make.branch(code="00")
    late = make.branch(code="02", parent=root)
    early = make.branch(code="01", parent=root)
    group = make.branch(code="99", parent=early)
    person = make.member(branch=early)
    today = timezone.localdate()
    term = offices.start_term(branch=early, began_on=D(2021, 1, 1), ends_on=today + dt.timedelta(days=30))
    offices.elect(person=person, term=term, position=Position.CHAIR)
    client = signed_in(make.account_with_role(Role.ORGANISATION))
    rows = list(client.get(reverse("admin:members_branch_changelist")).context["cl"].queryset)
    assert [row.pk for row in rows] == [root.pk, early.pk, group.pk, late.pk]
    assert [(row.depth, row.chair_on, row.members_on) for row in rows[:2]] == [(0, None, 0), (1, person.name, 1)]
    (item,) = desk_items(make.account_with_role(Role.ORGANISATION))
    assert item.due_on == term.ends_on
    assert list(desk_items(make.account_with_role(Role.BRANCH_CHAIR, branches=(late,)))) == []


def test_branch_steps_merge_and_elect() -> None:
    old, new = make.branch(), make.branch()
    person = make.member(branch=old, staff_number="5")
    client = signed_in(make.account_with_role(Role.ORGANISATION))
    client.post(f"/admin/members/branch/{old.pk}/begin-term/", {"began_on": "2021-01-01", "ends_on": "2025-12-31"})
    client.post(
        f"/admin/members/branch/{old.pk}/elect-officer/", {"on": "2021-01-01", "staff_number": "5", "position": "chair"}
    )
    assert person.offices.get().position == Position.CHAIR
    client.post(f"/admin/members/branch/{old.pk}/merge-into/", {"on": "2022-01-01", "into": new.pk})
    assert Branch.objects.get(pk=old.pk).merged_into == new
    assert list(Person.objects.in_branch([new], on=D(2022, 1, 1))) == [person]


pytestmark = pytest.mark.django_db
