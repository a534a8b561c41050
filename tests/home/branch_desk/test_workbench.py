"""The branch chair's workbench shows the own branch and nothing of another."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from members.branches.models import Branch
from members.people.models import Person
from tests.factories import members, rounds
from tests.factories.accounts import signed_in
from union_portal.accounts.enums import Role
from union_portal.accounts.models import User
from union_portal.home.branch_desk.portal import workbench
from welfare.cases import services as cases
from welfare.cases.services import Told
from welfare.life_events.enums import EventKind

pytestmark = pytest.mark.django_db
BORN = dt.date(1980, 1, 15)


@pytest.fixture(autouse=True)
def one_factor(settings: Any) -> None:
    settings.PORTAL_STAFF_TOTP = False


@pytest.fixture
def own() -> Branch:
    return members.branch(name="外国语分工会")


@pytest.fixture
def chair(own: Branch) -> User:
    return members.account_with_role(Role.BRANCH_CHAIR, branches=(own,))


def born_in(month: int) -> dt.date:
    return BORN.replace(month=month)


def reported(person: Person, chair: User, **more: Any) -> Any:
    told = Told(person=person, kind=EventKind.HOSPITAL, occurred_on=timezone.localdate(), **more)
    return cases.register(told=told, actor=chair, reported=True)


def test_the_workbench_tells_of_the_own_people_only(own: Branch, chair: User) -> None:
    today = timezone.localdate()
    later = today.month % 12 + 1
    soon = today + dt.timedelta(days=100)
    mine = members.member(branch=own, name="甲一", birth_date=born_in(today.month), retires_on=soon)
    members.member(branch=own, name="甲二", birth_date=born_in(later))
    members.member(branch=own, name="甲三", birth_date=born_in((later % 12) + 1))
    theirs = members.member(branch=members.branch(), name="乙一", birth_date=born_in(today.month), retires_on=soon)
    reported(mine, chair, amount=Decimal(500))
    reported(theirs, rounds.officer())
    shown = workbench(chair)
    assert shown is not None
    assert (shown.title, shown.members) == ("外国语分工会", 3)
    told = {month: [line.title for line in lines] for month, lines in shown.birthdays.items()}
    assert told == {f"{today.month}月": ["15日 甲一"], f"{later}月": ["15日 甲二"]}
    assert [line.title for line in shown.retiring] == ["甲一"]
    assert ["甲一" in line.title for line in shown.cases] == [True]
    page = signed_in(chair).get(reverse("admin:index")).content.decode()
    assert "上报慰问" in page
    assert "乙一" not in page
    assert workbench(rounds.officer()) is None


def test_the_workbench_leads_to_the_own_rows_of_a_round(own: Branch, chair: User) -> None:
    members.member(branch=own)
    members.member(branch=members.branch())
    made = rounds.approved()
    line = workbench(chair).rounds[0]  # type: ignore[union-attr]
    assert line.detail == "外国语分工会：应领 1 人，已领 0 人"
    (way,) = line.ways
    assert way[1] == reverse("welfare:collecting_branch", args=[made.pk, own.pk])
    assert signed_in(chair).get(way[1]).status_code == 200
