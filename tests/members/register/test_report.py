"""The register's figures bridge: who came and went explains how many there are."""

import datetime as dt

import pytest

from members.memberships.enums import MembershipStart
from members.memberships.services import steps
from tests.factories import members as make
from union_portal.base.figures import FigureRequest, count
from union_portal.base.periods import Period

D = dt.date
_COME = ("members.new", "members.recorded", "members.resumed")
_GONE = ("members.transferred_out", "members.retired", "members.left", "members.deceased")


def heads(key: str, year: int) -> int:
    period = Period(D(year, 1, 1), D(year, 12, 31))
    (figure,) = count([FigureRequest(key="asked", kinds=(key,), period=period)])
    return figure.heads or 0


def test_last_years_total_and_this_years_changes_make_this_years_total() -> None:
    people = [make.member(on=D(2020, 3, 1)) for _number in range(9)]
    for number, way in enumerate(MembershipStart):
        if way not in {MembershipStart.RETAINED, MembershipStart.RESUMED}:
            steps.admit(person=make.person(), on=D(2025, 3, number + 1), way=way)
    steps.transfer_out(person=people[0], on=D(2025, 4, 1), counterpart="邻校工会")
    steps.leave(person=people[1], on=D(2025, 4, 1))
    for person in people[2:5]:
        steps.retire(person=person, on=D(2025, 5, 31))
    steps.resume(person=people[2], on=D(2025, 9, 1))
    # A retained membership that ends is none of the members in service.
    steps.record_death(person=people[3], on=D(2025, 10, 1))
    steps.record_death(person=people[5], on=D(2025, 10, 1))
    came, went = sum(heads(key, 2025) for key in _COME), sum(heads(key, 2025) for key in _GONE)
    assert (heads("members.total", 2024), came, went) == (9, 4, 6)
    assert heads("members.total", 2025) == 9 + 4 - 6
    assert heads("members.retained_ended", 2025) == 1


def test_a_branch_founded_now_changes_no_report_of_the_past() -> None:
    make.branch(founded_on=D(2000, 1, 1))
    before = heads_of_branches(2025)
    make.branch(founded_on=D(2026, 9, 1))
    assert (heads_of_branches(2025), heads_of_branches(2026)) == (before, before + 1)


def heads_of_branches(year: int) -> int:
    period = Period(D(year, 1, 1), D(year, 12, 31))
    (figure,) = count([FigureRequest(key="asked", kinds=("members.branches",), period=period)])
    return figure.times or 0


pytestmark = pytest.mark.django_db
