"""Covers are once per term and their premium is posted once."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from members.memberships.services import steps as memberships
from members.people.models import Person
from tests.factories import ledger, members
from tests.factories import ledger as books
from tests.factories import rounds as welfare
from tests.factories.rounds import CASE_DAY
from union_portal.base.errors import DomainError
from union_portal.base.steps import saved
from welfare.books.models import Book
from welfare.ledger.models import Posting
from welfare.ledger.services.reversal import reverse_entries
from welfare.mutual_aid.enums import CoverState, PayerShare
from welfare.mutual_aid.models import Cover, MutualAidPlan
from welfare.mutual_aid.services import covers, premiums


def test_covers_are_once_per_term_and_their_premium_is_posted_once() -> None:
    people = [members.member(gender="female") for _ in range(3)]
    plan = MutualAidPlan.objects.get(code="women")
    lines = [(person.staff_number or "", person.name) for person in people]
    assert (
        covers.enrol(plan=plan, lines=lines, starts_on=CASE_DAY, paid_on=CASE_DAY, source="清单", premium=Decimal(80))
        == 3
    )
    assert Cover.objects.first().ends_on == dt.date(2026, 2, 28)  # type: ignore[union-attr]
    with pytest.raises(DomainError):
        covers.enrol(plan=plan, lines=lines, starts_on=CASE_DAY, paid_on=CASE_DAY, source="清单")
    for _ in range(2):
        posting = premiums.post_premium(
            term=premiums.Term(plan, CASE_DAY, CASE_DAY),
            fund=welfare.fund(),
            posted_on=CASE_DAY,
            approval=ledger.approval(),
        )
    assert (posting.total, Posting.objects.count()) == (Decimal(240), 1)
    assert premiums.open_terms(plan=plan) == []
    reverse_entries(entries=posting.entries.all(), reason="保费有误", posted_on=CASE_DAY, approval=ledger.approval())
    [term] = premiums.open_terms(plan=plan)
    again = premiums.post_premium(term=term, fund=welfare.fund(), posted_on=CASE_DAY, approval=ledger.approval())
    assert (again.total, again != posting, premiums.open_terms(plan=plan)) == (Decimal(240), True, [])


def enrolled(*people: Person, on: dt.date = CASE_DAY) -> list[Cover]:
    plan = MutualAidPlan.objects.get(code="women")
    lines = [(person.staff_number or "", person.name) for person in people]
    covers.enrol(plan=plan, lines=lines, starts_on=on, paid_on=on, source="清单", premium=Decimal(60))
    return list(Cover.objects.filter(starts_on=on).order_by("pk"))


def posted(cover: Cover) -> Posting:
    return premiums.post_premium(
        term=premiums.Term(cover.plan, cover.starts_on, cover.paid_on),
        fund=welfare.fund(),
        posted_on=CASE_DAY,
        approval=books.approval(),
    )


def test_covers_of_one_plan_and_person_never_overlap_and_the_line_is_named() -> None:
    first, second = members.member(gender="female"), members.member(gender="female")
    enrolled(second)
    with pytest.raises(DomainError, match=r"第 2 条：.*2024-03-01 至 2026-02-28.*保障期重叠"):
        enrolled(first, second, on=dt.date(2025, 12, 1))
    assert Cover.objects.count() == 1
    assert len(enrolled(first, second, on=dt.date(2026, 3, 1))) == 2


def test_the_database_itself_refuses_covers_that_overlap() -> None:
    [cover] = enrolled(members.member(gender="female"))
    cover.pk, cover.starts_on = None, dt.date(2025, 12, 1)
    with pytest.raises(IntegrityError, match="welfare_cover_no_overlap"), transaction.atomic():
        cover.save(force_insert=True)


def test_who_has_left_or_is_not_meant_is_refused_with_the_reason() -> None:
    left, man, stranger = (
        members.member(gender="female"),
        members.member(gender="male"),
        members.person(gender="female"),
    )
    memberships.leave(person=left, on=dt.date(2024, 1, 31))
    with pytest.raises(DomainError) as refused:
        enrolled(left, man, stranger)
    told = str(refused.value)
    for words in ("起已不是会员（退会）", "登记为男，“", "仅限女", "2024-03-01 不是会员", "第 3 条"):
        assert words in told, words


def test_a_cover_is_corrected_withdrawn_and_annulled_with_a_reason() -> None:
    officer = welfare.officer()
    first, second, third = enrolled(*(members.member(gender="female") for _ in range(3)))
    days = {"starts_on": CASE_DAY, "ends_on": dt.date(2025, 2, 28), "paid_on": CASE_DAY, "premium": Decimal(30)}
    with pytest.raises(DomainError):
        covers.correct(subject=first, actor=officer, why=" ", **days)
    first = covers.correct(subject=first, actor=officer, why="按一年参保", **days)
    assert (first.ends_on, first.premium, first.state) == (dt.date(2025, 2, 28), Decimal(30), CoverState.COVERED)
    with pytest.raises(DomainError, match="之前"):
        covers.withdraw(subject=second, actor=officer, why="调离", ends_on=dt.date(2027, 1, 1))
    second = covers.withdraw(
        subject=second, actor=officer, why="调离", ends_on=dt.date(2024, 8, 31), premium=Decimal(15)
    )
    assert second.state == CoverState.WITHDRAWN
    third = covers.annul(subject=third, actor=officer, why="登记错人")
    assert not Cover.objects.standing().filter(pk=third.pk).exists()
    assert [move.reason for cover in (first, second, third) for move in cover.moves.all()][-3:] == [
        "按一年参保",
        "调离",
        "登记错人",
    ]
    [term] = premiums.open_terms(plan=first.plan)
    assert (term.heads, term.total) == (2, Decimal(45))
    assert len(enrolled(third.person, on=dt.date(2024, 4, 1))) == 1


def test_a_correction_that_overlaps_another_cover_is_refused_in_words() -> None:
    person = members.member(gender="female")
    [first] = enrolled(person)
    [second] = enrolled(person, on=dt.date(2026, 3, 1))
    with pytest.raises(DomainError, match="不能重叠"):
        covers.correct(subject=first, actor=None, why="延长", ends_on=second.ends_on)


def test_what_is_in_the_ledger_is_reversed_before_the_premium_changes() -> None:
    officer = welfare.officer()
    first, second = enrolled(members.member(gender="female"), members.member(gender="female"))
    entry = posted(first).entries.get()
    with pytest.raises(DomainError, match="先申请冲销"):
        covers.annul(subject=second, actor=officer, why="登记错人")
    with pytest.raises(DomainError, match="先申请冲销"):
        covers.withdraw(subject=second, actor=officer, why="退费", ends_on=dt.date(2024, 8, 31), premium=Decimal(0))
    kept = covers.withdraw(
        subject=first, actor=officer, why="不退费", ends_on=dt.date(2024, 8, 31), premium=Decimal(60)
    )
    assert kept.state == CoverState.WITHDRAWN
    reverse_entries(entries=[entry], reason="参保登记有误", posted_on=CASE_DAY, approval=books.approval())
    covers.annul(subject=second, actor=officer, why="登记错人")
    assert posted(first).total == Decimal(60)


@pytest.mark.parametrize(
    ("payer", "percents", "premium", "parts"),
    [
        (PayerShare.UNION, (None, None), "60", ("60", "0", "0")),
        (PayerShare.SCHOOL, (None, None), "60", ("0", "60", "0")),
        (PayerShare.MEMBER, (None, None), "60", ("0", "0", "60")),
        (PayerShare.SHARED, (0, 70), "36", ("0", "25.20", "10.80")),
        (PayerShare.SHARED, ("33.33", "33.33"), "10", ("3.33", "3.33", "3.34")),
        (PayerShare.SHARED, (50, 50), "0.01", ("0.01", "0", "0")),
    ],
)
def test_a_premium_is_split_over_its_payers_to_the_cent(
    payer: PayerShare, percents: tuple[Any, Any], premium: str, parts: tuple[str, ...]
) -> None:
    of = [None if one is None else Decimal(one) for one in percents]
    plan = MutualAidPlan(payer=payer, union_percent=of[0], school_percent=of[1])
    found = plan.parts(Decimal(premium))
    own = Decimal(premium) - sum(found.values())
    assert (found["union_part"], found["school_part"], own) == tuple(map(Decimal, parts))


def test_each_payer_has_a_posting_of_its_own_among_its_own_money() -> None:
    plan = MutualAidPlan.objects.get(code="women")
    plan.payer, plan.union_percent, plan.school_percent, plan.own_collected = (
        *(PayerShare.SHARED, Decimal(20), Decimal(50)),
        True,
    )
    saved(plan)
    enrolled(*(members.member(gender="female") for _ in range(3)))
    terms = {term.payer: term for term in premiums.open_terms(plan=plan)}
    assert {payer.value: term.total for payer, term in terms.items()} == {"union": 36, "school": 90, "member": 54}
    own, trust = welfare.fund(), books.open_book(2024)
    Book.objects.filter(pk=trust.book_id).update(trust=True)
    trust.refresh_from_db()
    for payer, term in terms.items():
        right, wrong = (own, trust) if payer == PayerShare.UNION else (trust, own)
        told: dict[str, Any] = {"posted_on": CASE_DAY, "approval": books.approval()}
        with pytest.raises(DomainError, match="账套"):
            premiums.post_premium(term=term, fund=wrong, **told)
        assert premiums.post_premium(term=term, fund=right, **told).total == term.total
        # The others are untouched by it, and twice is once.
        premiums.post_premium(term=term, fund=right, **told)
    assert (Posting.objects.count(), premiums.open_terms(plan=plan)) == (3, [])
    cover = Cover.objects.first()
    assert cover is not None
    entry = Posting.objects.get(summary__contains="行政负担").entries.get()
    with pytest.raises(DomainError, match="先申请冲销"):
        covers.annul(subject=cover, actor=None, why="登错人")
    reverse_entries(entries=[entry], reason="金额有误", posted_on=CASE_DAY, approval=books.approval())
    assert [term.payer for term in premiums.open_terms(plan=plan)] == [PayerShare.SCHOOL]


def test_what_members_pay_themselves_is_posted_only_where_the_union_collects_it() -> None:
    plan = MutualAidPlan.objects.get(code="women")
    plan.payer = PayerShare.MEMBER
    saved(plan)
    [cover] = enrolled(members.member(gender="female"))
    assert premiums.open_terms(plan=plan) == []
    assert "没有待办事项" in premiums.next_step(cover)
    with pytest.raises(DomainError, match="百分比"):
        saved(MutualAidPlan(code="x", name="两方负担", payer=PayerShare.SHARED, union_percent=Decimal(60)))


pytestmark = pytest.mark.django_db
