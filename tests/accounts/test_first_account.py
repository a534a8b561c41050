"""The account that sets a portal up: made once, its code anew until somebody signed in."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from union_portal.accounts.enums import Role
from union_portal.accounts.models import User
from union_portal.accounts.services import assign_role, create_account, redeem_code
from union_portal.accounts.services.by_two import asks

pytestmark = pytest.mark.django_db


def _said(**options: str) -> list[str]:
    out = StringIO()
    call_command("first_account", stdout=out, **options)
    return out.getvalue().split()


def test_the_first_account_is_an_administrator_whose_newest_code_opens_it_once() -> None:
    number, earlier = _said()
    assert _said(number="other")[0] == number == "admin"
    first = User.objects.get()
    assert first.has_role(Role.ADMINISTRATOR)
    with pytest.raises(Exception, match="登录码"):
        redeem_code(staff_number=number, code=earlier, password="a long enough one")
    opened = redeem_code(staff_number=number, code=_said()[1], password="a long enough one")
    # What it gives counts without a second person, for there is none yet.
    officer = create_account(staff_number="20200001", name="林知远", actor=opened)
    assign_role(user=officer, role=Role.CHAIR, valid_from=first.date_joined.date(), actor=opened)
    assert asks(opened) is None
    assert officer.has_role(Role.CHAIR)


def test_once_somebody_signed_in_no_code_is_given_any_more(django_user_model: type[User]) -> None:
    _said()
    User.objects.update(last_login="2026-01-01T00:00Z")
    with pytest.raises(CommandError, match="已有人登录过"):
        _said()


def test_who_serves_cannot_make_it(settings: object) -> None:
    settings.PORTAL_DATABASE_ROLE = "runtime"  # type: ignore[attr-defined]
    with pytest.raises(CommandError, match="owner"):
        _said()
    assert not User.objects.exists()
