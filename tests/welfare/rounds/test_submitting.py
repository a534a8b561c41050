"""What is judged is what is submitted: nobody changes a round between the two."""

from decimal import Decimal
from typing import Any

import pytest
from django.db import OperationalError, connection, transaction

from tests.database import at_once
from tests.factories import members
from tests.factories import rounds as welfare
from union_portal.base import steps
from welfare.grants.enums import RoundState
from welfare.rounds.services import approval
from welfare.rounds.services.people import set_price


@pytest.mark.django_db(transaction=True)
def test_no_price_comes_between_the_judging_and_the_submitting(monkeypatch: pytest.MonkeyPatch) -> None:
    members.member()
    made, move, found = welfare.locked(price="200"), steps.move, list[Any]()

    def change() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '300ms'")
            set_price(subject=made, unit_price=Decimal(5000), actor=None)

    def meanwhile(*args: Any, **changes: Any) -> None:
        found.extend(at_once(change))
        move(*args, **changes)

    monkeypatch.setattr(approval, "move", meanwhile)
    assert approval.submit(subject=made, actor=None).state == RoundState.SUBMITTED
    assert [type(one) for one in found] == [OperationalError]
    made.refresh_from_db()
    assert made.unit_price == Decimal(200)
