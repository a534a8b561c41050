"""Every list of the register is there, and counted by its people alone."""

import datetime as dt

import pytest
from django.db import connection
from django.db.models import Q
from django.test.utils import CaptureQueriesContext

from members.people.enums import MembershipState
from members.people.models import Person
from tests.factories import members as make
from union_portal.base.admin.pages import CappedPaginator
from union_portal.base.importing.kinds import kinds

D = dt.date
TODAY = D(2025, 6, 1)


def test_every_kind_is_registered_in_the_order_they_build_on_each_other() -> None:
    mine = [kind.kind.key for kind in kinds() if kind.kind.permission.startswith("members.")]
    assert mine[:2] == ["branches", "people"]
    assert set(mine) == {
        *("branches", "people", "memberships", "cohorts", "kinships", "offices", "summary_records"),
        *("dues_rules", "dues"),
    }


pytestmark = pytest.mark.django_db


def test_a_list_is_counted_without_what_only_its_columns_show() -> None:
    first, second, _outside = make.member(branch=make.branch(name="甲")), make.member(), make.person()
    rows = Person.objects.with_branch(on=TODAY).with_membership(on=TODAY)
    members = Q(membership_state_on=MembershipState.ACTIVE)

    with CaptureQueriesContext(connection) as asked:
        assert CappedPaginator(rows, 50).count == Person.objects.count()
    assert "JOIN" not in asked[0]["sql"]
    assert CappedPaginator(rows.filter(members), 50).count == len({first, second})
    assert CappedPaginator(rows.filter(branch_name_on="甲"), 50).count == 1
