"""One round posted from two browsers at once is posted once."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from tests.factories import members
from tests.factories import rounds as welfare
from welfare.ledger.models import LedgerEntry, Posting
from welfare.rounds.services import payment

PAID = dt.date(2024, 1, 25)


@pytest.mark.django_db(transaction=True)
def test_one_round_posted_from_two_browsers_at_once_is_posted_once() -> None:
    for _ in range(12):
        members.member()
    made = welfare.approved(code="special_group", price="800")

    def press() -> int:
        try:
            return payment.post_roster(subject=made, on=PAID, actor=welfare.treasurer()).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as browsers:
        found = {pressed.result() for pressed in [browsers.submit(press) for _ in range(4)]}
    assert len(found) == 1
    assert Posting.objects.count() == 1
    assert LedgerEntry.objects.count() == 12
