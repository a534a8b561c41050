from collections.abc import Callable
from functools import partial

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils.translation import gettext
from django.views import defaults

from tests.factories.accounts import account, officer
from union_portal.accounts.enums import Role

pytestmark = pytest.mark.django_db


def test_the_browsers_language_is_not_asked(client: Client) -> None:
    page = client.get(reverse("account_login"), headers={"accept-language": "en-US,en"}).content.decode()
    assert '<html lang="zh-hans"' in page
    assert ">登录</button>" in page


@pytest.mark.parametrize(
    ("password", "fault"),
    [
        ("short1x", "密码太短，至少须有 10 个字符。"),
        ("password123456789", None),
        ("48213907561234", "密码只包含数字。"),
        ("1234567890", "这个密码太常见了。"),
    ],
)
def test_a_weak_password_is_refused_in_chinese(password: str, fault: str | None) -> None:
    try:
        validate_password(password)
        said: list[str] = []
    except ValidationError as error:
        said = error.messages
    assert fault in said if fault else all(not word.isascii() for word in said)


def test_the_desk_changes_the_password_where_everybody_does(client: Client) -> None:
    client.force_login(officer(Role.WELFARE))
    for door in ("admin:password_change", "admin:password_change_done"):
        for answer in (client.get(reverse(door)), client.post(reverse(door), {"new_password1": "x"})):
            assert (answer.status_code, answer["Location"]) == (302, reverse("account_change_password"))


def test_the_themes_own_words_are_chinese() -> None:
    assert gettext("Apply Filters") == "应用筛选"


def test_members_pages_have_a_strict_policy_and_the_desk_its_own(client: Client) -> None:
    assert "unsafe" not in client.get(reverse("account_login"))["Content-Security-Policy"]
    client.force_login(officer(Role.WELFARE))
    policy = client.get(reverse("admin:index"))["Content-Security-Policy"]
    assert "'unsafe-eval'" in policy
    assert "script-src 'self' 'unsafe-eval'" in policy


@pytest.mark.parametrize("status", [400, 403, 404, 500])
def test_error_pages_speak_chinese_and_tell_nothing_else(status: int) -> None:
    request = RequestFactory().get("/nowhere/")
    error = ValueError("secret detail")
    pages: dict[int, Callable[[], HttpResponse]] = {
        400: partial(defaults.bad_request, request, error),
        403: partial(defaults.permission_denied, request, error),
        404: partial(defaults.page_not_found, request, error),
        500: partial(defaults.server_error, request),
    }
    response = pages[status]()
    page = response.content.decode()
    assert response.status_code == status
    assert 'lang="zh-hans"' in page
    assert "secret detail" not in page
    assert "Traceback" not in page


def test_a_fault_shows_no_traceback(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_user: object) -> list[object]:
        raise ZeroDivisionError

    monkeypatch.setattr("union_portal.home.member_page.portal.member_items", fail)
    client.raise_request_exception = False
    client.force_login(account())
    response = client.get("/")
    assert response.status_code == 500
    assert "ZeroDivisionError" not in response.content.decode()
