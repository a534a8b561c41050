"""Whom a rule over the register chooses."""

import datetime as dt

import pytest

from members.memberships.services import steps as memberships
from tests.factories import members
from tests.factories import rounds as welfare
from welfare.rosters.services.selection import Selection, describe, preview


def test_selection_by_age_birth_month_gender_and_group() -> None:
    old = members.member(birth_date=dt.date(1960, 1, 10), gender="female")
    members.member(birth_date=dt.date(1960, 1, 11), gender="female")
    young = members.member(birth_date=dt.date(1995, 5, 1), gender="male")
    day = welfare.CUT_OFF
    assert preview(selection=Selection(age_from=64), on=day) == 1
    assert preview(selection=Selection(age_to=63), on=day) == 2
    assert preview(selection=Selection(birth_months=(5,)), on=day) == 1
    assert preview(selection=Selection(gender="female", age_from=60), on=day) == 2
    outsider = members.person(kind="retiree")
    assert preview(selection=Selection(non_members=True), on=day) == 4
    assert preview(selection=Selection(members=False, non_members=True, kinds=("retiree",)), on=day) == 1
    memberships.record_death(person=old, on=dt.date(2024, 1, 5))
    assert preview(selection=Selection(), on=day) == 2
    assert Selection.from_data(Selection(birth_months=(5,), joined_before=day).as_data()) == Selection(
        birth_months=(5,), joined_before=day
    )
    assert "2024-01-10" in describe(selection=Selection(age_from=60, gender="male"), on=day)
    assert outsider.pk
    assert young.pk


pytestmark = pytest.mark.django_db
