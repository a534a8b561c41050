"""Whose hands a posting passes: one prepares, another approves, on screen or on confirmed paper, a second posts."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from tests.factories import approvals
from tests.factories.ledger import account, officer, open_book, posting
from union_portal.base.errors import Refused
from welfare.ledger.enums import PostingKind
from welfare.ledger.models import Posting
from welfare.ledger.services import posting as ledger


def test_nobody_approves_what_he_prepared() -> None:
    fund = open_book()
    same = ledger.Approval(prepared_by=officer("one"), approved_by=officer("one"))
    with pytest.raises(Refused, match=r"."):
        ledger.post(
            book=fund.book,
            posted_on=dt.date(2024, 2, 1),
            kind=PostingKind.PURCHASE,
            summary="采购",
            entries=[ledger.EntryLine(account(), fund, Decimal(1), dt.date(2024, 2, 1))],
            approval=same,
            source_key="a",
        )


def test_what_was_approved_on_paper_is_posted_with_its_document_and_without_any_approval_it_is_not() -> None:
    fund = open_book()

    def post(approved: ledger.Approval) -> Posting:
        return ledger.post(
            book=fund.book,
            posted_on=dt.date(2024, 2, 1),
            kind=PostingKind.RECORDED,
            summary="补录",
            entries=[ledger.EntryLine(account(), fund, Decimal(1), dt.date(2024, 2, 1))],
            approval=approved,
            source_key="a",
        )

    hands: dict[str, Any] = {"prepared_by": officer("one"), "posted_by": officer("two")}
    with pytest.raises(Refused):
        post(ledger.Approval(**hands))
    waiting = approvals.paper()
    with pytest.raises(Refused) as refused:
        post(ledger.Approval(**hands, paper=waiting))
    assert refused.value.code == "welfare_posting_paper_confirmed"
    paper = approvals.confirmed()
    made = post(ledger.Approval(**hands, paper=paper))
    assert (made.number, made.paper_approval, made.offline_approval) == (1, paper, paper.words())


@pytest.mark.parametrize(
    ("hands", "code"),
    [
        ({"prepared_by": "one", "approved_by": "two"}, "has_hands"),
        ({"approved_by": "two", "posted_by": "two"}, "has_hands"),
        ({"prepared_by": "one", "approved_by": "two", "posted_by": "one"}, "poster_is_second"),
        ({"prepared_by": "one", "approved_by": "one", "posted_by": "two"}, "four_eyes"),
        ({"prepared_by": "one", "posted_by": "two"}, "is_approved"),
    ],
)
def test_nobody_prepares_and_posts_alone(hands: dict[str, str], code: str) -> None:
    people: dict[str, Any] = {duty: officer(name) for duty, name in hands.items()}
    with pytest.raises(Refused) as refused:
        posting(open_book(), source_key="a", approved=ledger.Approval(**people))
    assert refused.value.code == f"welfare_posting_{code}"


def test_whoever_approves_may_post_what_another_prepared() -> None:
    hands = ledger.Approval(prepared_by=officer("one"), approved_by=officer("two"), posted_by=officer("two"))
    assert posting(open_book(), source_key="a", approved=hands).posted_by == officer("two")


@pytest.mark.parametrize("role", ["approver", "confirmed_by"])
def test_a_paper_that_the_preparer_signed_or_confirmed_carries_no_posting(role: str) -> None:
    paper = approvals.confirmed()
    hands = ledger.Approval(prepared_by=getattr(paper, role), posted_by=officer("two"), paper=paper)
    with pytest.raises(Refused) as refused:
        posting(open_book(), source_key="a", approved=hands)
    assert refused.value.code == "welfare_posting_paper_of_others"


pytestmark = pytest.mark.django_db
