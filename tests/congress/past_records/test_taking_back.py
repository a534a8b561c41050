"""A list of past proposals is taken back while nothing hangs on them: they count no more, their numbers are free."""

import datetime as dt
import io
from typing import Any

import pytest

from congress.handling.enums import Grade
from congress.past_records.resources import ProposalResource
from congress.proposals.enums import ProposalState
from congress.proposals.models import Proposal
from congress.ratings.models import Opinion, Rating
from congress.ratings.querysets import with_account
from congress.sessions.models import Session
from tests.congress.past_records.test_resources import AUTUMN, fourth, line, table
from tests.factories import bodies, departments, members
from union_portal.accounts.models import User
from union_portal.base.errors import Refused
from union_portal.home.imports.models import ImportRecord
from union_portal.home.imports.services.history import bring_in, take_back

pytestmark = pytest.mark.django_db


@pytest.fixture
def held() -> Session:
    return fourth(title="年度大会")


@pytest.fixture
def officer() -> User:
    return bodies.officer()


def brought(officer: User, *rows: dict[str, Any]) -> ImportRecord:
    file: io.BytesIO = table(*rows)
    kept, _done = bring_in(resource=ProposalResource(actor=officer), file=file, name="一.xlsx", answers={})
    return kept


def rows(lead: str) -> list[dict[str, Any]]:
    answered = {"主办部门": lead, "答复日期": AUTUMN, "满意度": "满意"}
    return [
        line("2022-001", **answered),
        line("2022-002", 审查结果="并案", 并入编号="2022-001"),
        line("2022-003", 审查结果="转为意见建议", **answered),
        line("2022-004", 审查结果="去向不详"),
        line("2022-005", 审查结果="撤案"),
    ]


def test_what_the_list_brought_counts_no_more_and_comes_again(held: Session, officer: User) -> None:
    told = rows(departments.department().name)
    kept = brought(officer, *told)
    take_back(subject=kept, actor=officer, why="拿错了")
    assert set(Proposal.objects.values_list("state", flat=True)) == {ProposalState.ANNULLED}
    assert not Proposal.objects.collected().exists()
    assert not Rating.objects.standing().exists()
    one = Proposal.objects.get(number="2022-001")
    assert "拿错了" in one.moves.latest("pk").reason
    brought(officer, *told)
    standing = Proposal.objects.exclude(state=ProposalState.ANNULLED)
    assert standing.count() == len(told)
    assert standing.get(number="2022-002").merged_into == standing.get(number="2022-001")


def test_what_hangs_on_one_is_named_and_nothing_is_taken_back(held: Session, officer: User) -> None:
    kept = brought(officer, *rows(departments.department().name))
    one, joint = Proposal.objects.order_by("number")[:2]
    Opinion.objects.create(reply=one.replies.get(), proposal=joint, grade=Grade.SATISFIED, person=members.member())
    with pytest.raises(Refused, match="并案提案人意见"):
        take_back(subject=kept, actor=officer, why="拿错了")
    assert Proposal.objects.collected().count() == len(rows(""))
    assert Rating.objects.standing().exists()


def test_a_rating_that_a_later_list_added_is_void_and_may_be_added_again(held: Session, officer: User) -> None:
    told = rows(departments.department().name)[0]
    brought(officer, told | {"满意度": ""})
    later = brought(officer, told | {"满意度": "不满意"})

    def grade() -> str | None:
        found: str | None = with_account(Proposal.objects.all()).get().grade
        return found

    assert grade() == Grade.DISSATISFIED
    take_back(subject=later, actor=officer, why="拿错了")
    assert (grade(), Proposal.objects.get().state) == (None, ProposalState.CLOSED)
    assert Proposal.objects.get().answered_on == dt.date(2022, 10, 8)
    brought(officer, told)
    assert grade() == Grade.SATISFIED
