"""A kept statement answers about this account and now: what is kept is the question, never the answer."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from time_machine import TimeMachineFixture

from tests.factories.accounts import account, officer
from union_portal.accounts.enums import Role
from union_portal.accounts.models import RoleAssignment, User
from union_portal.base.prepared import existing, own

pytestmark = pytest.mark.django_db


def _held(user: User) -> set[str]:
    return {one.role for one in own(user, "test roles", lambda found: RoleAssignment.objects.filter(user=found))}


def _again(user: User) -> User:
    return User.objects.get(pk=user.pk)


def test_each_account_hears_of_itself_alone() -> None:
    chair, welfare, nobody = officer(Role.CHAIR), officer(Role.WELFARE), account()
    for _turn in range(7):  # the server keeps the plan after the fifth
        assert (_held(chair), _held(welfare), _held(nobody)) == ({Role.CHAIR}, {Role.WELFARE}, set())


def test_an_account_that_was_not_saved_hears_nothing() -> None:
    officer(Role.CHAIR)
    assert _held(User()) == set()


def test_what_was_given_or_taken_just_now_holds_for_the_next_request() -> None:
    user = officer(Role.CHAIR)
    assert _again(user).roles == {Role.CHAIR}
    RoleAssignment.objects.create(user=user, role=Role.WELFARE, valid_from=dt.date(2020, 1, 1))
    assert _again(user).roles == {Role.CHAIR, Role.WELFARE}
    RoleAssignment.objects.filter(user=user, role=Role.CHAIR).delete()
    assert _again(user).roles == {Role.WELFARE}


def test_a_new_day_asks_anew(time_machine: TimeMachineFixture) -> None:
    user = account()
    RoleAssignment.objects.create(
        user=user, role=Role.CHAIR, valid_from=dt.date(2026, 1, 1), valid_to=dt.date(2026, 6, 30)
    )
    time_machine.move_to(dt.datetime(2026, 6, 30, 12, tzinfo=dt.UTC), tick=False)
    assert _again(user).roles == {Role.CHAIR}
    time_machine.move_to(dt.datetime(2026, 7, 1, 12, tzinfo=dt.UTC), tick=False)
    assert _again(user).roles == frozenset()


def test_rows_come_whole_in_one_query() -> None:
    user = officer(Role.CHAIR)
    with CaptureQueriesContext(connection) as asked:
        (found,) = own(user, "test whole", lambda one: RoleAssignment.objects.filter(user=one).select_related("user"))
        assert (found.user, found.user.name, found.get_role_display()) == (user, user.name, Role.CHAIR.label)
    assert len(asked) == 1


def test_a_question_is_told_apart_by_its_name_in_one_statement() -> None:
    user = officer(Role.CHAIR)

    def asked(one: User) -> dict[str, object]:
        held = RoleAssignment.objects.filter(user=one)
        return {"chair": held.filter(role=Role.CHAIR), "welfare": held.filter(role=Role.WELFARE)}

    assert existing(user, "test existing", asked) == {"chair"}  # type: ignore[arg-type]
    assert existing(account(), "test existing", asked) == set()  # type: ignore[arg-type]
