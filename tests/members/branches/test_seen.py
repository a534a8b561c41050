"""Whom a branch's chair sees: asked once a request, and through no role that waits for a second person."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from members.branches.models import Branch, BranchRole
from members.memberships.models import Membership
from members.people.models import Person
from tests.factories import members as make
from union_portal.accounts.enums import Role
from union_portal.accounts.models import RoleAssignment

pytestmark = pytest.mark.django_db


def test_a_chair_sees_the_own_branch_with_its_groups_by_keys_read_once() -> None:
    own, other = make.branch(), make.branch()
    inside, below = make.member(branch=own), make.member(branch=make.branch(parent=own))
    make.member(branch=other)
    user = make.account_with_role(Role.BRANCH_CHAIR, branches=(own,))
    assert set(Person.objects.visible_to(user)) == {inside, below}
    with CaptureQueriesContext(connection) as asked:
        seen = Membership.objects.visible_to(user)
        assert {one.person_id for one in seen} == {inside.pk, below.pk}
        assert set(Person.objects.visible_to(user)) == {inside, below}
    assert len(asked) == 2
    assert not any("members_branch" in one["sql"] for one in asked)


def test_a_branch_given_by_a_role_that_waits_is_not_seen() -> None:
    own, other = make.branch(), make.branch()
    inside = make.member(branch=own)
    make.member(branch=other)
    user = make.account_with_role(Role.BRANCH_CHAIR, branches=(own,), on=dt.date(2020, 1, 1))
    waits = RoleAssignment.objects.create(
        user=user,
        role=Role.BRANCH_CHAIR,
        valid_from=dt.date(2015, 1, 1),
        asked_by=make.account_with_role(Role.ADMINISTRATOR),
    )
    BranchRole.objects.create(assignment=waits, branch=other)
    assert set(Branch.objects.visible_to(user)) == {own}
    assert set(Person.objects.visible_to(user)) == {inside}
