"""Every step on an account names it in the access log, and its owner hears of it by mail."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.factories.accounts import account, officer
from union_portal.accounts import services
from union_portal.accounts.enums import Access, Role
from union_portal.accounts.models import AccessEntry, User
from union_portal.base.errors import Refused

pytestmark = pytest.mark.django_db
TODAY = dt.date(2024, 3, 1)


@pytest.fixture
def letters(monkeypatch: pytest.MonkeyPatch) -> list[tuple[list[str], str]]:
    """Whom the worker is to write to, and what."""
    left: list[tuple[list[str], str]] = []

    def leave(to: list[str], **letter: str) -> None:
        left.append((to, letter["text"]))

    monkeypatch.setattr("union_portal.accounts.services.access.mail", leave)
    return left


def owner(**fields: Any) -> User:
    return account(email="lin@example.org", last_login=timezone.now(), **fields)


def steps(user: User) -> list[tuple[User | None, str]]:
    entries = AccessEntry.objects.filter(action__in=(Access.ACCOUNT, Access.CODE), subject=user.staff_number)
    return [(entry.user, entry.purpose) for entry in entries.order_by("pk")]


def test_every_step_names_its_account_and_is_told_to_the_owner(letters: list[Any]) -> None:
    user, keeper, other = owner(), officer(Role.ADMINISTRATOR), officer(Role.ORGANISATION)
    services.reset_second_factor(user=user, actor=keeper)
    code = services.issue_code(user=user, issued_by=other)
    held = services.assign_role(user=user, role=Role.FINANCE, valid_from=TODAY, actor=keeper)
    services.end_role(assignment=held, on=TODAY, actor=keeper)
    services.close_account(user=user, actor=keeper)
    services.reopen_account(user=user, actor=other)
    words = ["重置二次验证", "发放一次性登录码", "授予角色“财务”，2024-03-01 起"]
    words += ["结束角色“财务”，2024-03-01 止", "停用账号", "恢复账号"]
    people = [keeper, other, keeper, keeper, keeper, other]
    assert steps(user) == list(zip(people, words, strict=True))
    assert [to for to, _text in letters] == [["lin@example.org"]] * 6
    told = zip(people, words, letters, strict=True)
    assert all(step in text and str(who) in text for who, step, (_to, text) in told)
    assert code not in str(letters)


def test_who_never_signed_in_gets_no_news(letters: list[Any]) -> None:
    user = account(email="new@example.org")
    services.issue_code(user=user, issued_by=None)
    assert steps(user) == [(None, "发放一次性登录码")]
    assert not letters


def test_another_address_is_told_to_the_old_one(client: Client, letters: list[Any], settings: Any) -> None:
    settings.PORTAL_STAFF_TOTP = False
    user, keeper = owner(), officer(Role.ADMINISTRATOR)
    client.force_login(keeper)
    address = reverse("admin:accounts_user_change", args=[user.pk])
    sent = {"name": user.name, "email": "other@example.org"}
    sent |= {"role_assignments-TOTAL_FORMS": "0", "role_assignments-INITIAL_FORMS": "0"}
    assert client.post(address, sent).status_code == 302
    user.refresh_from_db()
    assert user.email == "other@example.org"
    assert steps(user) == [(keeper, "修改电子邮箱")]
    assert [to for to, _text in letters] == [["lin@example.org"]]


def test_nobody_gives_himself_a_role() -> None:
    keeper, chair = officer(Role.ADMINISTRATOR), officer(Role.CHAIR)
    with pytest.raises(Refused):
        services.assign_role(user=keeper, role=Role.FINANCE, valid_from=TODAY, actor=keeper)
    with pytest.raises(Refused):
        services.delegate(
            delegator=chair,
            delegate=keeper,
            role=Role.CHAIR,
            valid_from=TODAY,
            valid_to=TODAY,
            document="x",
            actor=keeper,
        )
    assert not keeper.delegations_received.exists()


def test_no_one_person_gets_into_an_account_that_he_empowers(letters: list[Any]) -> None:
    user, keeper, other = owner(), officer(Role.ADMINISTRATOR), officer(Role.ADMINISTRATOR)
    services.reset_second_factor(user=user, actor=keeper)
    with pytest.raises(Refused, match="另一人"):
        services.issue_code(user=user, issued_by=keeper)
    user.email = "mine@example.org"
    with pytest.raises(Refused):
        services.change_account(user=user, actor=keeper)
    user.refresh_from_db()
    services.issue_code(user=user, issued_by=other)
    for step in (
        lambda: services.reset_second_factor(user=user, actor=other),
        lambda: services.assign_role(user=user, role=Role.FINANCE, valid_from=TODAY, actor=other),
    ):
        with pytest.raises(Refused):
            step()
    assert (user.email, user.role_assignments.count()) == ("lin@example.org", 0)
    assert len(letters) == 2
    with time_machine.travel(timezone.now() + dt.timedelta(days=31)):
        services.issue_code(user=user, issued_by=keeper)
