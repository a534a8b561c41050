"""What a locking will do is told before: whom another round of the occasion, or this one, has decided about."""

from typing import Any

import pytest

from tests.factories import members
from tests.factories import rounds as welfare
from union_portal.base.errors import DomainError, Refused
from welfare.grants.enums import GrantState
from welfare.rosters.services.selection import Selection
from welfare.rounds.services import approval, drafting, handing_out, roster
from welfare.rounds.services import people as rounds
from welfare.rounds.services.foretelling import foretell


def test_what_is_foretold_of_a_locking_is_what_it_does() -> None:
    people = [members.member() for _ in range(6)]
    first = welfare.locked(name="首批")
    for person in people[:2]:
        rounds.exclude(subject=first.grants.get(person=person), actor=None, why="停发工资")
    first = approval.approve(subject=approval.submit(subject=first, actor=first.prepared_by), actor=welfare.chair())
    collected = [first.grants.get(person=people[2]).pk]
    handing_out.collect(subject=first, on=welfare.HANDED_OUT, actor=None, grants=collected)
    second = welfare.draft(occasion=first.occasion)
    told = foretell(round_=second)
    assert told.new == 2
    assert told.words == "未列入：3 人已列入“首批”（已审批），尚未领取；1 人在“首批”（已审批）中已享受"
    second = roster.lock(subject=second, actor=None)
    assert second.grants.filter(state=GrantState.LISTED).count() == told.new
    assert told.words in second.moves.get(action="lock").reason


def test_what_is_foretold_counts_whom_this_round_or_its_parent_decided_about() -> None:
    people = [members.member() for _ in range(3)]
    made = welfare.locked(name="首批")
    rounds.exclude(subject=made.grants.get(person=people[0]), actor=None, why="停发工资")
    made = roster.unlock(subject=made, actor=None, why="重新核对")
    told = foretell(round_=made)
    assert (told.new, told.words) == (2, "未列入：1 人此前已从本名册剔除")
    made = roster.lock(subject=made, actor=None)
    made = approval.approve(subject=approval.submit(subject=made, actor=welfare.officer()), actor=welfare.chair())
    newcomer = members.member()
    extra = drafting.supplement(subject=made, cut_off_on=welfare.CUT_OFF, actor=None, selection=Selection())
    told = foretell(round_=extra)
    assert (told.new, told.words) == (1, "未列入：3 人在原批次“首批”中已有结果")
    assert roster.lock(subject=extra, actor=None).grants.get().person == newcomer


def test_whoever_was_set_aside_and_stands_elsewhere_by_now_is_not_listed_twice() -> None:
    people = [members.member() for _ in range(2)]
    made = welfare.locked()
    for person in people:
        rounds.exclude(subject=made.grants.get(person=person), actor=None, why="待核对")
        rounds.include(subject=made.grants.get(person=person), actor=None, why="已核对")
    made = roster.unlock(subject=made, actor=None, why="重新核对")
    other = roster.lock(subject=welfare.draft(occasion=made.occasion), actor=None)
    rounds.exclude(subject=other.grants.get(person=people[1]), actor=None, why="只发一人")
    assert foretell(round_=made).new == 1
    made = roster.lock(subject=made, actor=None)
    assert made.grants.get(state=GrantState.LISTED).person == people[1]


def test_a_second_round_of_the_occasion_names_the_first_and_is_begun_only_when_wanted() -> None:
    first = welfare.draft(name="首批")
    with pytest.raises(DomainError, match="已有批次“首批”（草稿）") as refused:
        welfare.draft(occasion=first.occasion, another=False)
    assert refused.value.field == "another"
    drafting.cancel(subject=first, actor=None, why="重来")
    second = welfare.draft(occasion=first.occasion, another=False)
    assert welfare.draft(occasion=first.occasion, another=True) not in {first, second}


def test_a_second_supplement_waits_for_the_first() -> None:
    members.member()
    made = welfare.approved()
    rise: dict[str, Any] = {"subject": made, "cut_off_on": welfare.CUT_OFF, "actor": None, "price_rise": True}
    first = drafting.supplement(**rise)
    with pytest.raises(Refused, match="先办完审批或取消"):
        drafting.supplement(**rise)
    drafting.cancel(subject=first, actor=None, why="重来")
    second = drafting.supplement(**rise)
    assert foretell(round_=second).new == 1


pytestmark = pytest.mark.django_db
