import datetime as dt
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from tests.factories.accounts import account, officer
from union_portal.accounts import services
from union_portal.accounts.enums import Role
from union_portal.accounts.models import User
from union_portal.accounts.portal import desk_items
from union_portal.base.errors import Conflict, DomainError, Refused

pytestmark = pytest.mark.django_db
TODAY = dt.date(2024, 3, 1)


def today(user: User) -> User:
    return User.objects.get(pk=user.pk)


@time_machine.travel(dt.datetime(2024, 3, 1, 10, tzinfo=dt.timezone(dt.timedelta(hours=8))))
def test_a_role_holds_from_its_first_to_its_last_day() -> None:
    user = account()
    held = services.assign_role(user=user, role=Role.WELFARE, valid_from=TODAY)
    assert today(user).has_role(Role.WELFARE)
    assert today(user).is_staff
    services.end_role(assignment=held, on=TODAY, actor=account())
    assert today(user).has_role(Role.WELFARE)
    with time_machine.travel(dt.datetime(2024, 3, 2, 10, tzinfo=dt.timezone(dt.timedelta(hours=8)))):
        assert not today(user).is_staff


def test_what_a_role_does_not_give_is_refused_by_the_rules_without_a_table_of_permissions(
    django_assert_num_queries: Any,
) -> None:
    user = today(officer(Role.WELFARE))
    assert user.is_staff
    with django_assert_num_queries(0):
        assert not user.has_perm("accounts.issue_code")


def test_the_same_role_is_not_held_twice_at_once() -> None:
    user = account()
    services.assign_role(user=user, role=Role.WELFARE, valid_from=TODAY)
    with pytest.raises(Conflict):
        services.assign_role(user=user, role=Role.WELFARE, valid_from=TODAY + dt.timedelta(days=9))


@time_machine.travel(dt.datetime(2024, 3, 5, tzinfo=dt.UTC))
def test_a_delegate_acts_only_in_the_days_of_the_delegation() -> None:
    chair, deputy = officer(Role.CHAIR), account()
    services.delegate(
        delegator=chair,
        delegate=deputy,
        role=Role.CHAIR,
        valid_from=TODAY,
        valid_to=TODAY + dt.timedelta(days=7),
        document="工会〔2024〕3号",
    )
    assert today(deputy).has_role(Role.CHAIR)
    with time_machine.travel(dt.datetime(2024, 3, 20, tzinfo=dt.UTC)):
        assert not today(deputy).has_role(Role.CHAIR)


def test_nobody_lends_a_role_he_does_not_hold() -> None:
    with pytest.raises(Refused):
        services.delegate(
            delegator=account(),
            delegate=account(),
            role=Role.CHAIR,
            valid_from=TODAY,
            valid_to=TODAY,
            document="x",
        )


def test_nobody_lends_to_himself() -> None:
    chair = officer(Role.CHAIR)
    with pytest.raises(DomainError, match="他人"):
        services.delegate(
            delegator=chair, delegate=chair, role=Role.CHAIR, valid_from=TODAY, valid_to=TODAY, document="x"
        )


def test_a_closed_account_has_no_role() -> None:
    user, other = officer(Role.WELFARE), account()
    services.close_account(user=user, actor=None)
    assert not today(user).has_role(Role.WELFARE)
    with pytest.raises(Refused):
        services.close_account(user=other, actor=other)


def test_a_role_counts_once_a_second_person_confirms_it() -> None:
    user, keeper, chair = account(), officer(Role.ADMINISTRATOR), officer(Role.CHAIR)
    held = services.assign_role(user=user, role=Role.FINANCE, valid_from=TODAY, actor=keeper)
    assert not today(user).is_staff
    (waits,) = desk_items(chair)
    # Dated back to an election, it is still asked for today.
    assert (waits.title, waits.due_on, waits.urgent) == ("待确认的角色", timezone.localdate(), False)
    assert not list(desk_items(keeper))
    for alone in (keeper, user):
        with pytest.raises(Refused):
            services.confirm_role(assignment=held, actor=alone)
    services.confirm_role(assignment=held, actor=chair)
    assert today(user).has_role(Role.FINANCE)
    assert not list(desk_items(chair))
    with pytest.raises(Conflict):
        services.confirm_role(assignment=held, actor=chair)


def test_the_account_of_the_set_up_gives_roles_that_count_at_once() -> None:
    user = account()
    services.assign_role(user=user, role=Role.ADMINISTRATOR, valid_from=TODAY, actor=account(is_superuser=True))
    assert today(user).has_role(Role.ADMINISTRATOR)
