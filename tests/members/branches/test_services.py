"""People move between branches, branches merge, terms follow each other."""

import pytest

from members.branches.enums import Position
from members.branches.models import Branch
from members.branches.services import assignments, offices, tree
from members.memberships.services import steps as memberships
from members.people.models import Person
from tests.factories import members as make
from tests.members.memberships.test_services import D
from union_portal.base.errors import Refused


def test_a_transfer_between_branches_closes_the_old_one_the_day_before() -> None:
    old, new = make.branch(), make.branch()
    person = make.member(on=D(2020, 3, 1), branch=old)
    assignments.assign_branch(person=person, branch=new, on=D(2022, 9, 1))
    assignments.assign_branch(person=person, branch=new, on=D(2022, 10, 1))
    assert list(Person.objects.in_branch([old], on=D(2022, 8, 31))) == [person]
    assert list(Person.objects.in_branch([new], on=D(2022, 9, 1))) == [person]
    assert person.assignments.count() == 2


def test_a_merger_moves_the_people_and_keeps_their_history() -> None:
    old, new = make.branch(), make.branch()
    group = make.branch(parent=old)
    stays = make.member(on=D(2020, 3, 1), branch=old)
    gone = make.member(on=D(2020, 3, 1), branch=old)
    memberships.leave(person=gone, on=D(2021, 12, 31))
    assert tree.merge_branch(branch=old, into=new, on=D(2022, 9, 1)) == 1
    group.refresh_from_db()
    old.refresh_from_db()
    assert group.parent == new
    assert (old.merged_into, old.dissolved_on) == (new, D(2022, 9, 1))
    assert list(Person.objects.in_branch([old], on=D(2022, 8, 31))) == [stays]
    assert list(Person.objects.in_branch([new], on=D(2022, 9, 1))) == [stays]
    assert new in Branch.objects.standing(on=D(2022, 9, 1))
    assert old not in Branch.objects.standing(on=D(2022, 9, 1))


def test_a_branch_with_people_is_not_dissolved() -> None:
    branch = make.branch()
    person = make.member(on=D(2020, 3, 1), branch=branch)
    with pytest.raises(Refused, match="1"):
        tree.dissolve_branch(branch=branch, on=D(2022, 9, 1))
    memberships.leave(person=person, on=D(2022, 8, 31))
    tree.dissolve_branch(branch=branch, on=D(2022, 9, 1))
    with pytest.raises(Refused, match=branch.name):
        memberships.admit(person=make.person(), on=D(2022, 9, 1), branch=branch)


def test_a_new_term_ends_the_offices_of_the_old_one() -> None:
    branch = make.branch()
    person = make.member(branch=branch)
    other = make.member(branch=branch)
    first = offices.start_term(branch=branch, began_on=D(2018, 1, 1), ends_on=D(2022, 12, 31))
    office = offices.elect(person=person, term=first, position=Position.CHAIR)
    with pytest.raises(Refused, match=person.name):
        offices.elect(person=other, term=first, position=Position.CHAIR, on=D(2019, 1, 1))
    second = offices.start_term(branch=branch, began_on=D(2023, 3, 1), ends_on=D(2028, 2, 28))
    by_election = offices.elect(person=other, term=second, position=Position.CHAIR, on=D(2024, 1, 1))
    office.refresh_from_db()
    assert (second.number, office.valid_to, by_election.by_election) == (2, D(2023, 2, 28), True)
    with pytest.raises(Refused):
        offices.elect(person=make.person(), term=second, position=Position.WELFARE)


pytestmark = pytest.mark.django_db
