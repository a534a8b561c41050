"""Roles, lent roles and steps on the accounts of people with roles: one person asks, a second one confirms."""

import datetime as dt
import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.database import at_once
from tests.factories.accounts import account, officer, second_factors, signed_in
from tests.letters import posted
from union_portal.accounts import services
from union_portal.accounts.admin.by_two import WAY_OUT
from union_portal.accounts.enums import Access, AskedStep, Role, Step
from union_portal.accounts.models import AccessEntry, AccountRequest, ByTwo, Delegation, OneTimeCode, User
from union_portal.accounts.portal import desk_items
from union_portal.base.errors import Conflict, DomainError, Refused

pytestmark = pytest.mark.django_db
TODAY = dt.date(2024, 3, 1)
ADMINISTRATOR, CHAIR = Role.ADMINISTRATOR, Role.CHAIR


@pytest.fixture(autouse=True)
def without_second_factor(one_factor: None) -> None:
    """Let staff in with a password."""


def now(user: User) -> User:
    return User.objects.get(pk=user.pk)


def asked(step: AskedStep, *, user: User, actor: User) -> AccountRequest:
    return services.ask(user=user, step=step, reason="手机遗失", actor=actor)


def lent(*, actor: User, **fields: Any) -> Delegation:
    today = timezone.localdate()
    given: dict[str, Any] = {
        "role": CHAIR,
        "document": "工会〔2024〕3号",
        "valid_from": today,
        "valid_to": today,
    } | fields
    return services.delegate(actor=actor, **given)


SINGLE: dict[AskedStep, Callable[[User, User], Any]] = {
    AskedStep.CODE: lambda user, actor: services.issue_code(user=user, issued_by=actor),
    AskedStep.MAILED_CODE: lambda user, actor: services.ask_for_code(user=user, issued_by=actor),
    AskedStep.RESET: lambda user, actor: services.reset_second_factor(user=user, actor=actor),
    AskedStep.CLOSE: lambda user, actor: services.close_account(user=user, actor=actor),
    AskedStep.REOPEN: lambda user, actor: services.reopen_account(user=user, actor=actor),
}


def state(user: User) -> tuple[bool, int, int]:
    return now(user).is_active, second_factors(user), OneTimeCode.objects.filter(user=user).count()


@pytest.mark.parametrize("step", AskedStep)
def test_nobody_alone_lets_somebody_into_an_account_with_a_role_and_two_do(step: AskedStep) -> None:
    user = officer(Role.FINANCE, email="lin@example.org", is_active=step != AskedStep.REOPEN)
    keeper, other = officer(ADMINISTRATOR), officer(ADMINISTRATOR)
    before = state(user)
    with transaction.atomic(), pytest.raises(Refused, match="另一人确认"):
        SINGLE[step](user, keeper)
    request = asked(step, user=now(user), actor=keeper)
    for alone in (keeper, user):
        with pytest.raises(Refused):
            services.confirm_request(asked=request, actor=alone)
    assert state(user) == before
    code = services.confirm_request(asked=request, actor=other)
    posted()
    after = {
        AskedStep.CODE: (True, 1, 1),
        AskedStep.MAILED_CODE: (True, 1, 1),
        AskedStep.RESET: (True, 0, 0),
        AskedStep.CLOSE: (False, 1, 0),
        AskedStep.REOPEN: (True, 1, 0),
    }
    assert state(user) == after[step]
    assert bool(code) == (step == AskedStep.CODE)
    with pytest.raises(Conflict):
        services.confirm_request(asked=request, actor=other)
    assert state(user) == after[step]
    lines = AccessEntry.objects.filter(subject=user.staff_number).order_by("pk").values_list("user", "purpose")
    words = Step.CODE if step == AskedStep.MAILED_CODE else step.label
    assert list(lines) == [(keeper.pk, f"{words}（待第二人确认）"), (other.pk, f"{words}（{keeper.name} 申请）")]


def test_a_role_that_is_to_come_or_waits_or_is_lent_takes_two_already_and_one_that_is_over_does_not() -> None:
    keeper, other, chair = officer(ADMINISTRATOR), officer(ADMINISTRATOR), officer(CHAIR)
    today, day = timezone.localdate(), dt.timedelta(days=1)
    waiting, coming, acting, former = account(), account(), account(), account()
    services.assign_role(user=waiting, role=Role.FINANCE, valid_from=today, actor=other)
    services.assign_role(user=coming, role=Role.FINANCE, valid_from=today + day)
    lent(delegator=chair, delegate=acting, actor=other)
    services.assign_role(user=former, role=Role.FINANCE, valid_from=TODAY, valid_to=today - day)
    for user in (waiting, coming, acting):
        with pytest.raises(Refused):
            services.issue_codes(users=[account(), user], issued_by=keeper)
    assert services.issue_code(user=former, issued_by=keeper)
    with pytest.raises(Conflict):
        asked(AskedStep.CODE, user=former, actor=keeper)


def test_nobody_asks_for_himself_nor_twice_and_what_was_cancelled_is_not_confirmed() -> None:
    user, keeper, other = officer(Role.FINANCE), officer(ADMINISTRATOR), officer(ADMINISTRATOR)
    with pytest.raises(Refused):
        asked(AskedStep.RESET, user=keeper, actor=keeper)
    request = asked(AskedStep.RESET, user=user, actor=keeper)
    with pytest.raises(Conflict):
        asked(AskedStep.RESET, user=user, actor=other)
    services.cancel(asked=request, actor=keeper)
    for late in (
        lambda: services.confirm_request(asked=request, actor=other),
        lambda: services.cancel(asked=request, actor=other),
    ):
        with pytest.raises(Conflict):
            late()
    assert second_factors(user) == 1
    assert asked(AskedStep.RESET, user=user, actor=other).is_waiting


def test_who_agreed_to_one_half_of_taking_an_account_over_does_not_agree_to_the_other() -> None:
    user, first, second = officer(Role.FINANCE), officer(ADMINISTRATOR), officer(ADMINISTRATOR)
    services.confirm_request(asked=asked(AskedStep.RESET, user=user, actor=first), actor=second)
    with pytest.raises(Refused, match="30 天内"):
        asked(AskedStep.CODE, user=user, actor=first)
    request = asked(AskedStep.CODE, user=user, actor=officer(Role.ORGANISATION))
    with pytest.raises(Refused, match="30 天内"), transaction.atomic():
        services.confirm_request(asked=request, actor=second)
    request.refresh_from_db()
    assert request.is_waiting
    assert services.confirm_request(asked=request, actor=officer(CHAIR))


def test_a_lent_role_counts_once_a_third_person_confirms_it() -> None:
    chair, deputy, keeper = officer(CHAIR), account(), officer(ADMINISTRATOR)
    own = lent(delegator=chair, delegate=deputy, actor=chair)
    assert not now(deputy).has_role(CHAIR)
    assert [item.title for item in desk_items(keeper)] == ["待确认的委托"]
    assert not list(desk_items(chair))
    for concerned in (chair, deputy):
        with pytest.raises(Refused):
            services.confirm_delegation(delegation=own, actor=concerned)
    services.confirm_delegation(delegation=own, actor=keeper)
    assert now(deputy).has_role(CHAIR)
    assert not list(desk_items(keeper))

    other = account()
    asked_for = lent(delegator=chair, delegate=other, actor=keeper)
    with pytest.raises(Refused):
        services.confirm_delegation(delegation=asked_for, actor=chair)
    services.cancel(asked=asked_for, actor=chair)
    with pytest.raises(Conflict):
        services.confirm_delegation(delegation=asked_for, actor=officer(ADMINISTRATOR))
    assert not now(other).has_role(CHAIR)
    assert lent(delegator=chair, delegate=other, actor=chair).is_waiting


def test_a_cancelled_role_is_as_if_it_had_never_been_given() -> None:
    user, keeper, other = account(), officer(ADMINISTRATOR), officer(ADMINISTRATOR)
    held = services.assign_role(user=user, role=Role.FINANCE, valid_from=TODAY, actor=keeper)
    services.cancel(asked=held, actor=other)
    assert not now(user).is_staff
    assert not user.is_entrusted
    assert not list(desk_items(other))
    services.assign_role(user=user, role=Role.FINANCE, valid_from=TODAY, actor=keeper)


@pytest.mark.parametrize("by", ["asker", "concerned"])
def test_the_database_itself_refuses_one_person_on_every_kind(by: str) -> None:
    user, keeper, chair = officer(Role.FINANCE), officer(ADMINISTRATOR), officer(CHAIR)
    kinds: list[ByTwo] = [
        services.assign_role(user=account(), role=Role.FINANCE, valid_from=TODAY, actor=keeper),
        lent(delegator=chair, delegate=account(), actor=keeper),
        asked(AskedStep.RESET, user=user, actor=keeper),
    ]
    for waiting in kinds:
        alone = keeper if by == "asker" else waiting.people[-1]
        with pytest.raises(IntegrityError, match="by_two"), transaction.atomic():
            type(waiting)._default_manager.filter(pk=waiting.pk).update(confirmed_by=alone)


@pytest.mark.django_db(transaction=True)
def test_asked_and_confirmed_at_once_is_asked_and_done_once() -> None:
    user, keeper = officer(Role.FINANCE), officer(ADMINISTRATOR)
    seconds = [officer(ADMINISTRATOR), officer(CHAIR), officer(ADMINISTRATOR)]
    same = at_once(*[lambda: asked(AskedStep.CODE, user=user, actor=keeper)] * 3)
    (request,) = [one for one in same if not isinstance(one, DomainError)]
    answers = at_once(*[lambda one=one: services.confirm_request(asked=request, actor=one) for one in seconds])
    assert sorted(isinstance(one, str) for one in answers) == [False, False, True]
    assert all(isinstance(one, str | Conflict) for one in answers)
    assert OneTimeCode.objects.filter(user=user).count() == 1
    assert AccessEntry.objects.filter(action=Access.CODE, subject=user.staff_number).count() == 2


def test_the_desk_asks_for_a_reason_and_the_second_person_gets_the_code(client: Client) -> None:
    user, keeper, chair = officer(Role.FINANCE), officer(ADMINISTRATOR), officer(CHAIR)
    client.force_login(keeper)
    address = reverse("admin:accounts_user_issue_code", args=[user.pk])
    assert "另一位系统管理员或主席" in client.get(address).content.decode()
    assert client.post(address).status_code == 422
    answer = client.post(address, {"reason": "忘记密码"}, follow=True).content.decode()
    assert "已提出" in answer
    assert WAY_OUT not in answer
    assert not OneTimeCode.objects.exists()
    (request,) = AccountRequest.objects.all()
    confirm = reverse("admin:accounts_accountrequest_confirm", args=[request.pk])
    assert client.post(confirm).status_code == 403
    assert signed_in(officer(Role.ORGANISATION)).post(confirm).status_code == 403
    page = signed_in(chair).post(confirm).content.decode()
    code = re.search(r"[A-Z2-9]{5}-[A-Z2-9]{5}", page)
    assert code
    assert services.redeem_code(staff_number=user.staff_number, code=code[0], password="mountain-river-2024")
    assert "已生效" in client.get(reverse("admin:accounts_accountrequest_changelist")).content.decode()


def test_where_there_is_no_second_person_the_page_names_the_command_line_and_that_works(
    client: Client, settings: Any, owner_role: AbstractContextManager[None]
) -> None:
    user, keeper = officer(Role.FINANCE), officer(ADMINISTRATOR)
    client.force_login(keeper)
    address = reverse("admin:accounts_user_reset_second_factor", args=[user.pk])
    assert WAY_OUT in client.post(address, {"reason": "手机遗失"}, follow=True).content.decode()
    with owner_role:
        call_command("account", user.staff_number, "reset", stdout=StringIO())
        assert second_factors(user) == 0
        said = StringIO()
        call_command("account", user.staff_number, "code", stdout=said)
        assert services.redeem_code(
            staff_number=user.staff_number, code=said.getvalue().strip(), password="mountain-river-2024"
        )
        call_command("account", user.staff_number, "administrator", stdout=StringIO())
        assert now(user).has_role(ADMINISTRATOR)
        with pytest.raises(CommandError, match="已担任此角色"):
            call_command("account", user.staff_number, "administrator")
    settings.PORTAL_DATABASE_ROLE = "runtime"
    with pytest.raises(CommandError, match="PORTAL_DATABASE_ROLE=owner"):
        call_command("account", user.staff_number, "close")
    assert now(user).is_active
