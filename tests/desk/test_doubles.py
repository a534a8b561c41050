"""What is sent many times at once, without any key, is made once; the others are refused in words, never by a fault."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from members.kin import services as kin
from members.people import services as people
from tests.database import at_once
from tests.factories import ledger as books
from tests.factories import members
from tests.factories import rounds as welfare
from union_portal.accounts.enums import Role
from union_portal.accounts.models import Delegation
from union_portal.accounts.services.roles import delegate
from union_portal.base.errors import DomainError
from welfare.grants.models import Round
from welfare.ledger.models import VoucherNote
from welfare.ledger.services.vouchers import note_voucher
from welfare.rounds.services import drafting

TIMES = 6
DAY = dt.date(2024, 1, 20)


def together(call: Callable[[], Any]) -> list[Any]:
    """Make the same call many times at once; return what came of each, a refusal as itself."""

    def one() -> Any:
        try:
            return call()
        except DomainError as refusal:
            return refusal

    return at_once(*[one] * TIMES)


def made(answers: list[Any]) -> list[Any]:
    return [answer for answer in answers if not isinstance(answer, DomainError)]


@pytest.mark.attack
@pytest.mark.django_db(transaction=True)
def test_what_is_made_by_many_at_once_is_made_once() -> None:
    officer = members.account()
    posting = books.posting(books.open_book(), source_key="a")
    note: dict[str, Any] = {"posting": posting, "voucher_number": "记-1", "noted_by": officer}
    together(lambda: note_voucher(**note, voucher_date=dt.date(2024, 2, 2)))
    assert VoucherNote.objects.count() == 1

    chair, vice = members.account_with_role(Role.CHAIR), members.account_with_role(Role.VICE_CHAIR)
    days: dict[str, Any] = {"valid_from": dt.date(2030, 1, 1), "valid_to": dt.date(2030, 1, 31)}
    lent = together(lambda: delegate(delegator=chair, delegate=vice, role=Role.CHAIR, document="一号文", **days))
    assert (len(made(lent)), Delegation.objects.count()) == (1, 1)

    parent = members.member()
    child: dict[str, Any] = {"person": parent, "name": "孩子", "relation": "child"}
    assert len(made(together(lambda: kin.register_kin(**child)))) == 1
    assert parent.kin.count() == 1

    assert len(made(together(lambda: people.register_person(name="张三", staff_number="77")))) == 1

    first = welfare.draft()
    same: dict[str, Any] = {"benefit": first.benefit, "cut_off_on": DAY, "fund": first.fund, "actor": officer}
    assert len(made(together(lambda: drafting.create(occasion=welfare.occasion(), **same)))) == TIMES
    occasion = welfare.occasion()
    assert len(made(together(lambda: drafting.create(occasion=occasion, **same)))) == 1

    approved = welfare.approved()
    rise: dict[str, Any] = {"subject": approved, "cut_off_on": DAY, "actor": officer, "price_rise": True}
    assert len(made(together(lambda: drafting.supplement(**rise)))) == 1
    assert Round.objects.filter(parent=approved).count() == 1
    assert Decimal(500) == approved.unit_price


@pytest.mark.usefixtures("one_factor")
@pytest.mark.attack
@pytest.mark.django_db(transaction=True)
def test_a_fund_sent_many_times_at_once_is_one_and_the_others_are_told() -> None:
    finance = members.account_with_role(Role.FINANCE)
    into = books.open_book().book
    address = reverse("admin:welfare_fund_add")

    def send() -> Any:
        client = Client()
        client.force_login(finance)
        return client.post(address, {"code": "F77", "name": "专项经费", "book": into.pk, "active": "on"})

    answers = at_once(*[send] * TIMES)
    assert sorted(answer.status_code for answer in answers) == [200] * (TIMES - 1) + [302]
    assert into.funds.filter(name="专项经费").count() == 1
