"""A round of ten thousand with everything that happens to one: exclusions, returned payments, a supplement, a rise."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from members.memberships.enums import MembershipStart
from members.memberships.models import Membership
from members.people.models import Person
from tests.factories import members
from tests.factories import rounds as welfare
from welfare.grants.enums import GrantState, RoundState
from welfare.grants.models import Grant, Round
from welfare.ledger.models import LedgerEntry, Posting
from welfare.ledger.services import verification
from welfare.rosters.services.selection import Selection
from welfare.rounds.services import approval, drafting, payment, reconciling, roster
from welfare.rounds.services import people as rounds
from welfare.statement.services.lines import statement

PAID = dt.date(2024, 1, 25)
MANY = 10_000


def _school(count: int) -> list[Person]:
    people = Person.objects.bulk_create(
        Person(staff_number=f"L{number:05d}", name="教工", pinyin_key="jiao gong") for number in range(count)
    )
    Membership.objects.bulk_create(
        Membership(person=person, valid_from=members.LONG_AGO, began_by=MembershipStart.JOINED) for person in people
    )
    return people


def _approve(round_: Round, *, price: str) -> Round:
    officer, chair = welfare.officer(), welfare.chair()
    rounds.set_price(subject=round_, unit_price=Decimal(price), handed_out_on=PAID, actor=officer)
    approval.submit(subject=round_, actor=officer)
    return approval.approve(subject=round_, actor=chair)


def test_ten_thousand_with_returned_payments_a_supplement_and_a_price_rise_still_reconcile() -> None:
    _school(MANY)
    officer = welfare.officer()
    made = roster.lock(subject=welfare.draft(code="special_group", actor=officer), actor=officer)
    excluded = made.grants.order_by("pk").first()
    assert excluded is not None
    rounds.exclude(subject=excluded, actor=officer, why="停发工资")
    made = _approve(made, price="800")
    posting = payment.post_roster(subject=made, on=PAID, actor=welfare.treasurer())
    assert (posting.entry_count, posting.total) == (MANY - 1, Decimal(800 * (MANY - 1)))

    returned = list(made.grants.filter(state=GrantState.RECEIVED).order_by("pk")[:3])
    for grant in returned:
        payment.return_payment(subject=grant, on=PAID, why="账号有误", actor=welfare.treasurer())
    assert len(payment.payout_list(round_=made)) == 3
    for grant in returned[:2]:
        payment.pay_again(subject=grant, on=PAID + dt.timedelta(days=3), actor=welfare.treasurer())
    payment.take_back(subject=returned[2], on=PAID, why="调离", actor=welfare.treasurer())

    newcomer = members.member()
    extra = drafting.supplement(subject=made, cut_off_on=welfare.CUT_OFF, actor=officer, selection=Selection())
    extra = roster.lock(subject=extra, actor=officer)
    assert {grant.person for grant in extra.grants.all()} == {newcomer}
    extra = _approve(extra, price="800")
    payment.post_roster(subject=extra, on=PAID, actor=welfare.treasurer())

    rise = drafting.supplement(subject=made, cut_off_on=welfare.CUT_OFF, actor=officer, price_rise=True)
    rise = roster.lock(subject=rise, actor=officer)
    assert rise.grants.count() == MANY - 2
    assert not rise.grants.filter(supplements__isnull=True).exists()
    rise = _approve(rise, price="100")
    payment.post_roster(subject=rise, on=PAID, actor=welfare.treasurer())

    own = reconciling.reconcile(round_=made)
    assert own.balances
    assert (own.due.count, own.received.count, own.adjusted.count) == (MANY - 1, MANY - 2, 1)
    assert own.posted == own.received.amount
    whole = reconciling.reconcile(round_=made, with_supplements=True)
    assert whole.balances
    assert whole.posted == whole.received.amount == Decimal(800 * (MANY - 1) + 100 * (MANY - 2))
    assert LedgerEntry.objects.count() == (MANY - 1) + 3 + 2 + 1 + (MANY - 2)
    for round_ in (made, extra, rise):
        assert reconciling.close(subject=round_, actor=officer).state == RoundState.CLOSED
    assert verification.verify() == []
    told = statement(person=returned[0].person)
    assert told.total == Decimal(900)
    assert [grant.supplements_id is not None for grant in told.received].count(True) == 1


def test_lock_approve_and_post_take_as_many_queries_for_a_thousand_as_for_ten() -> None:
    counts = []
    for number in (10, 1000):
        Grant.objects.exists()
        Membership.objects.all().delete()
        people = Person.objects.bulk_create(
            Person(staff_number=f"Q{number}-{place}", name="教工") for place in range(number)
        )
        Membership.objects.bulk_create(
            Membership(person=person, valid_from=members.LONG_AGO, began_by=MembershipStart.JOINED) for person in people
        )
        made = welfare.draft(code="special_group")
        officer, chair = welfare.officer(), welfare.chair()
        with CaptureQueriesContext(connection) as seen:
            made = roster.lock(subject=made, actor=officer)
            rounds.set_price(subject=made, unit_price=Decimal(10), handed_out_on=PAID, actor=officer)
            approval.submit(subject=made, actor=officer)
            made = approval.approve(subject=made, actor=chair)
            payment.post_roster(subject=made, on=PAID, actor=welfare.treasurer())
        counts.append(len(seen))
        assert made.grants.filter(state=GrantState.RECEIVED).count() == number
    assert counts[1] <= counts[0]
    assert Posting.objects.count() == 2


pytestmark = pytest.mark.django_db
