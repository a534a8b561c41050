"""The register's figures bridge: who came and went explains how many there are."""

import datetime as dt

import pytest

from members.branches.enums import BranchKind, Position
from members.branches.services import offices
from members.memberships.enums import MembershipStart
from members.memberships.services import steps
from members.people.enums import PersonKind
from tests.factories import members as make
from union_portal.accounts.enums import Role
from union_portal.base.figures import FigureRequest, count, rows
from union_portal.base.periods import Period

D = dt.date
YEAR = Period.year(2025)
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


def test_who_works_here_who_has_retired_and_how_many_of_the_staff_are_members() -> None:
    before = {key: heads(key, 2025) for key in ("members.staff", "members.retirees", "members.total")}
    ours = [make.member(on=D(2020, 3, 1), employed_on=D(2020, 3, 1)) for _number in range(3)]
    make.person(employed_on=D(2025, 9, 1))
    make.person(employed_on=D(2026, 1, 1))
    make.person(kind=PersonKind.RETIREE)
    steps.retire(person=ours[0], on=D(2025, 5, 31))
    steps.transfer_out(person=ours[1], on=D(2025, 6, 30), counterpart="邻校工会")
    after = {key: heads(key, 2025) - was for key, was in before.items()}
    assert after == {"members.staff": 2, "members.retirees": 2, "members.total": 1}
    (rate,) = count([FigureRequest("asked", ("members.membership_rate",), YEAR)])
    assert (rate.numerator, rate.denominator, rate.as_of) == (
        heads("members.total", 2025),
        heads("members.staff", 2025),
        D(2025, 12, 31),
    )
    assert (heads("members.enrolled", 2025) - heads("members.total", 2025)) == heads("members.retained", 2025) == 1


def test_officers_full_time_and_part_time_and_the_school_s_term_is_no_election() -> None:
    school = make.branch(kind=BranchKind.SCHOOL)
    terms = [
        offices.start_term(branch=branch, began_on=D(2025, 4, 1), ends_on=D(2030, 3, 31))
        for branch in (school, make.branch(), make.branch())
    ]
    who = [make.member() for _number in range(2)]
    offices.elect(person=who[0], term=terms[0], position=Position.CHAIR, full_time=True)
    offices.elect(person=who[1], term=terms[1], position=Position.CHAIR)
    offices.elect(person=who[1], term=terms[1], position=Position.CULTURE)
    kinds = ("members.officers", "members.officers_full_time", "members.officers_part_time")
    assert [heads(kind, 2025) for kind in kinds] == [2, 1, 1]
    (elections,) = count([FigureRequest("asked", ("members.elections",), YEAR)])
    assert elections.times == 2
    assert [item.text for item in elections.items] == [terms[1].branch.name, terms[2].branch.name]


def test_a_branch_s_members_are_those_who_belonged_to_it_on_the_day() -> None:
    here, there = make.branch(), make.branch()
    people = [make.member(on=D(2020, 3, 1), branch=here) for _number in range(3)]
    steps.move_to_branch(person=people[0], branch=there, on=D(2025, 6, 1))
    steps.move_to_branch(person=people[1], branch=there, on=D(2025, 2, 1))
    steps.move_to_branch(person=people[1], branch=here, on=D(2025, 9, 1))
    steps.retire(person=people[2], on=D(2025, 5, 31))
    make.member(on=D(2025, 7, 1), branch=here)
    asked = [
        FigureRequest(f"{kind} {branch.pk}", (kind,), YEAR, branch=(branch.pk,))
        for branch in (here, there)
        for kind in ("members.total", "members.new", "members.retired", "members.staff")
    ]
    assert [figure.heads for figure in count(asked)] == [2, 1, 1, 2, 1, 0, 0, 1]
    user = make.account_with_role(Role.ORGANISATION)
    assert [rows(one, user).records.count() for one in asked[:4]] == [2, 1, 1, 2]
    (branches,) = count([FigureRequest("asked", ("members.branches",), YEAR, branch=(here.pk,))])
    assert branches.empty


def heads_of_branches(year: int) -> int:
    period = Period(D(year, 1, 1), D(year, 12, 31))
    (figure,) = count([FigureRequest(key="asked", kinds=("members.branches",), period=period)])
    return figure.times or 0


pytestmark = pytest.mark.django_db
