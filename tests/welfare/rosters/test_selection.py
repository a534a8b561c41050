"""Whom a rule over the register chooses."""

import datetime as dt

import pytest

from members.kin.enums import Relation
from members.kin.services import add_kin
from members.memberships.services import steps as memberships
from members.people.enums import PersonKind
from tests.factories import members
from tests.factories import rounds as welfare
from union_portal.base.errors import DomainError
from welfare.rosters.services.selection import Selection, describe, people, preview, tier, tier_label

pytestmark = pytest.mark.django_db


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


def test_parents_of_young_children_are_chosen_by_how_many_they_have() -> None:
    on, parents = dt.date(2024, 6, 1), [members.member() for _number in range(4)]
    ages = {0: (3, 14), 1: (10,), 2: (15,), 3: ()}
    for place, parent in enumerate(parents):
        for age in ages[place]:
            child = members.person(kind=PersonKind.KIN, birth_date=dt.date(2024 - age, 6, 1))
            add_kin(person=parent, related=child, relation=Relation.CHILD, both_ways=age != 3)
    gone = members.person(kind=PersonKind.KIN, birth_date=dt.date(2020, 1, 1), died_on=dt.date(2022, 1, 1))
    add_kin(person=parents[3], related=gone, relation=Relation.CHILD)
    rule = Selection(children_to=14, tier_by="children")
    found = people(selection=rule, on=on).annotate(held=tier(rule, on=on)).values_list("pk", "held")
    assert dict(found) == {parents[0].pk: "2", parents[1].pk: "1"}
    assert "有 14 周岁以下（含）的子女" in describe(selection=rule, on=on)
    assert tier_label(selection=rule, value="2") == "2 个子女"
    with pytest.raises(DomainError, match="子女年龄上限"):
        Selection(tier_by="children")


def test_who_retired_within_days_is_chosen_and_kept_as_data() -> None:
    first, last = dt.date(2024, 1, 1), dt.date(2024, 6, 30)
    days = (dt.date(2023, 12, 31), first, last, dt.date(2024, 7, 1))
    retired = [members.member(retired_on=day) for day in days]
    rule = Selection(membership=(), retired_from=first, retired_to=last)
    assert set(people(selection=Selection.from_data(rule.as_data()), on=dt.date(2024, 12, 1))) == set(retired[1:3])
    assert "2024-01-01 至 2024-06-30 退休" in describe(selection=rule, on=last)
    with pytest.raises(DomainError, match="起止"):
        Selection(retired_from=last, retired_to=first)
