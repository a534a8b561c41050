import datetime as dt
import re
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from tests.factories.accounts import PASSWORD, account
from tests.letters import posted
from union_portal.accounts import services
from union_portal.accounts.enums import Access
from union_portal.accounts.models import AccessEntry, OneTimeCode, User
from union_portal.base.errors import Refused

pytestmark = pytest.mark.django_db
NEW = "mountain-river-2024"


def redeem(user: User, code: str) -> User:
    return services.redeem_code(staff_number=user.staff_number, code=code, password=NEW)


def test_a_code_sets_the_password_once() -> None:
    user = account(password=None)
    code = services.issue_code(user=user, issued_by=None)
    assert redeem(user, code.lower().replace("-", " ")).check_password(NEW)
    with pytest.raises(Refused):
        redeem(user, code)


def test_a_code_is_stored_only_as_a_hash_and_tells_nothing_of_its_owner() -> None:
    user = account(password=None)
    codes = {services.issue_code(user=user, issued_by=None) for _turn in range(3)}
    assert len(codes) == 3
    stored = OneTimeCode.objects.values_list("code_hash", flat=True)
    assert not any(code in value for code in codes for value in stored)
    assert not any(user.staff_number in code for code in codes)


def test_a_newer_code_replaces_the_older() -> None:
    user = account(password=None)
    old = services.issue_code(user=user, issued_by=None)
    new = services.issue_code(user=user, issued_by=None)
    with pytest.raises(Refused):
        redeem(user, old)
    assert redeem(user, new) == user


def test_a_code_expires() -> None:
    user = account(password=None)
    code = services.issue_code(user=user, issued_by=None)
    with time_machine.travel(timezone.now() + dt.timedelta(days=8)), pytest.raises(Refused):
        redeem(user, code)


def test_five_wrong_attempts_use_the_code_up() -> None:
    user = account(password=None)
    code = services.issue_code(user=user, issued_by=None)
    for _turn in range(5):
        with pytest.raises(Refused):
            redeem(user, "AAAAA-AAAAA")
    with pytest.raises(Refused):
        redeem(user, code)


def test_an_unknown_number_and_a_wrong_code_get_the_same_answer() -> None:
    user = account(password=None)
    services.issue_code(user=user, issued_by=None)
    with pytest.raises(Refused) as wrong:
        redeem(user, "AAAAA-AAAAA")
    with pytest.raises(Refused) as unknown:
        services.redeem_code(staff_number="nobody", code="AAAAA-AAAAA", password=NEW)
    assert str(wrong.value) == str(unknown.value)


def test_a_code_of_another_account_does_not_open_mine() -> None:
    mine, other = account(), account()
    services.issue_code(user=mine, issued_by=None)
    code = services.issue_code(user=other, issued_by=None)
    with pytest.raises(Refused):
        redeem(mine, code)
    mine.refresh_from_db()
    assert mine.check_password(PASSWORD)


def test_a_closed_account_gets_no_code() -> None:
    with pytest.raises(Refused):
        services.issue_code(user=account(is_active=False), issued_by=None)


def test_a_mailed_code_opens_the_account() -> None:
    user = account(password=None, email="lin@example.org")
    services.ask_for_code(user=user, issued_by=None)
    [letter] = posted()
    code = re.search(r"[A-Z2-9]{5}-[A-Z2-9]{5}", str(letter.body))
    assert code
    assert redeem(user, code[0]) == user


def test_while_the_mail_server_is_down_the_code_before_still_works(monkeypatch: pytest.MonkeyPatch) -> None:
    user = account(password=None, email="lin@example.org")
    before = services.issue_code(user=user, issued_by=None)

    def down(*_args: Any, **_options: Any) -> int:
        raise ConnectionRefusedError

    monkeypatch.setattr("union_portal.accounts.services.codes.send_mail", down)
    services.ask_for_code(user=user, issued_by=None)
    with pytest.raises(ConnectionRefusedError):
        posted()
    assert redeem(user, before) == user


def test_issuing_is_logged_without_the_code() -> None:
    issuer = account()
    users = [account(), account()]
    codes = services.issue_codes(users=users, issued_by=issuer)
    entries = AccessEntry.objects.filter(action=Access.CODE, user=issuer)
    assert {entry.subject for entry in entries} == {user.staff_number for user in users}
    assert not any(code in str(list(entries.values())) for code in codes.values())
