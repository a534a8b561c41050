"""Refunds of checks and shares of trips: each row posted once, by a second person, from the money of whoever pays."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection

from members.kin.models import Kinship
from tests.factories import health_checks, ledger, members, recuperation, rounds
from union_portal.accounts.models import User
from union_portal.base.errors import DomainError, Refused
from union_portal.base.steps import take
from welfare.books.models import Book, Fund
from welfare.health_checks.enums import Payer
from welfare.health_checks.models import CheckBooking, HealthCheck
from welfare.health_checks.services import booking, refunding
from welfare.ledger.models import Posting
from welfare.ledger.services.reversal import reverse_entries
from welfare.ledger_desk.services.closing import open_points
from welfare.recuperation.models import RecuperationBatch
from welfare.recuperation.services import batches

pytestmark = pytest.mark.django_db
DAY = dt.date(2024, 6, 1)


def trust() -> Fund:
    found = ledger.open_book(2024)
    Book.objects.filter(pk=found.book_id).update(trust=True)
    return Fund.objects.get(pk=found.pk)


def refunded(*invoices: str, by: User, payer: Payer = Payer.SCHOOL) -> HealthCheck:
    """Make a check with refunds up to 1000 yuan, one for each invoice."""
    told: dict[str, Any] = {"commission": "校发〔2024〕8号"} if payer == Payer.UNION else {}
    made = health_checks.check(year=2024, payer=payer, **told)
    health_checks.package(made, "1000")
    for number, amount in enumerate(invoices):
        person = members.member(birth_date=dt.date(1980, 1, 1))
        one = booking.book(health_check=made, person=person, actor=None)
        take(subject=one, action="attend", actor=None, attended_on=DAY)
        refunding.refund(
            subject=one,
            invoice_number=f"{made.pk}-{number}",
            invoice_amount=Decimal(amount),
            refunded_on=DAY,
            actor=by,
        )
    return made


def told(fund: Fund, actor: User) -> dict[str, Any]:
    return {"fund": fund, "account": ledger.account(), "posted_on": DAY, "actor": actor}


def test_refunds_are_posted_once_each_and_due_again_when_reversed() -> None:
    officer, finance = rounds.officer(), rounds.treasurer()
    made, fund = refunded("900", "1420", by=officer), trust()
    assert refunding.dues(made).words() == "尚未入账：2 人，1,900.00 元。"
    with pytest.raises(Refused, match="经办人不能"):
        refunding.post_refunds(health_check=made, **told(fund, officer))
    posting = refunding.post_refunds(health_check=made, **told(fund, finance))
    assert (posting.total, posting.entry_count, posting.prepared_by) == (Decimal(1900), 2, officer)
    with pytest.raises(Refused, match="没有待入账"):
        refunding.post_refunds(health_check=made, **told(fund, finance))
    first = CheckBooking.objects.order_by("pk")[0]
    with pytest.raises(Refused, match="已记入台账"):
        refunding.take_refund_back(subject=first, actor=officer, why="登错")
    entry = posting.entries.get(subject_id=first.pk)
    reverse_entries(entries=[entry], reason="退回", posted_on=DAY, approval=ledger.approval())
    again = refunding.post_refunds(health_check=made, **told(fund, finance))
    assert (again.total, Posting.objects.count()) == (Decimal(900), 3)
    reverse_entries(entries=again.entries.all(), reason="退回", posted_on=DAY, approval=ledger.approval())
    refunding.take_refund_back(subject=first, actor=officer, why="登错")
    assert not refunding.dues(made).waiting().exists()


@pytest.mark.parametrize("payer", [Payer.SCHOOL, Payer.UNION])
def test_who_pays_decides_in_whose_books_it_stands(payer: Payer) -> None:
    made = refunded("500", by=rounds.officer(), payer=payer)
    own, others = ledger.open_book(2024), trust()
    right, wrong = (others, own) if payer == Payer.SCHOOL else (own, others)
    with pytest.raises(DomainError, match="这笔支出应记入"):
        refunding.post_refunds(health_check=made, **told(wrong, rounds.treasurer()))
    assert not Posting.objects.exists()
    assert refunding.post_refunds(health_check=made, **told(right, rounds.treasurer())).total == 500


def test_nobody_posts_a_short_list_with_kin_on_it() -> None:
    made, finance = refunded("500", by=rounds.officer()), rounds.treasurer()
    mine = members.member()
    mine.user = finance
    mine.save()
    Kinship.objects.create(person=mine, related=CheckBooking.objects.get().person, relation="spouse")
    with pytest.raises(Refused, match="亲属"):
        refunding.post_refunds(health_check=made, **told(trust(), finance))


def went(by: User) -> RecuperationBatch:
    """Let two people go with a batch of which the union bears 3000 for each."""
    made = recuperation.batch(price="3480")
    for _number in range(2):
        batches.apply(batch=made, person=members.member(), actor=None)
    batches.choose(subject=made, actor=by)
    for one in made.applications.all():
        take(subject=one, action="insure", actor=by, policy="P1")
    made.refresh_from_db()
    return batches.close(subject=made, actor=by)


def test_the_unions_share_of_a_trip_is_posted_and_stands_before_anybody_is_struck() -> None:
    officer, finance = rounds.officer(), rounds.treasurer()
    made, fund = went(officer), ledger.open_book(2024)
    [year] = fund.book.years.all()
    assert [str(one) for one in open_points(fiscal_year=year)] == ["未入账的疗休养 2 笔"]
    posting = batches.post_shares(batch=made, **{**told(fund, finance), "posted_on": dt.date(2024, 8, 1)})
    assert (posting.total, posting.entry_count) == (Decimal(6000), 2)
    assert {entry.occurred_on for entry in posting.entries.all()} == {made.ends_on}
    assert "未入账的疗休养" not in " ".join(str(one) for one in open_points(fiscal_year=year))
    one = made.applications.first()
    assert one is not None
    with pytest.raises(Refused, match="先由财务申请冲销"):
        batches.withdraw(subject=one, actor=officer, why="未成行")
    with pytest.raises(DomainError, match="这笔支出应记入"):
        batches.post_shares(batch=went(officer), **{**told(trust(), finance), "posted_on": dt.date(2024, 8, 1)})


@pytest.mark.django_db(transaction=True)
def test_ten_who_post_at_once_pay_once() -> None:
    made, finance, fund = refunded("900", "800", by=rounds.officer()), rounds.treasurer(), trust()
    given = told(fund, finance)

    def press(_number: int) -> bool:
        try:
            refunding.post_refunds(health_check=made, **given)
        except DomainError:
            return False
        else:
            return True
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as pool:
        assert sum(pool.map(press, range(10))) == 1
    assert [posting.total for posting in Posting.objects.all()] == [Decimal(1700)]
