from collections.abc import Callable
from functools import partial

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse
from django.views import defaults

from tests.factories.accounts import account, officer
from union_portal.accounts.enums import Role

pytestmark = pytest.mark.django_db


def test_the_browsers_language_is_not_asked(client: Client) -> None:
    response = client.get(reverse("account_login"), headers={"accept-language": "en-US,en"})
    assert response["Content-Language"] == "zh-hans"


def test_a_stranger_switches_by_cookie_and_is_led_only_inside(client: Client) -> None:
    response = client.post(reverse("set_language"), {"language": "en", "next": "https://evil.example/"})
    assert response["Location"] == "/"
    assert client.get(reverse("account_login"))["Content-Language"] == "en"


def test_an_account_keeps_its_language(client: Client) -> None:
    user = account()
    client.force_login(user)
    client.post(reverse("set_language"), {"language": "en", "next": "/me/"})
    user.refresh_from_db()
    assert user.language == "en"
    client.cookies.pop(settings.LANGUAGE_COOKIE_NAME)
    assert client.get("/")["Content-Language"] == "en"


def test_an_unknown_language_changes_nothing(client: Client) -> None:
    client.post(reverse("set_language"), {"language": "xx"})
    assert client.get(reverse("account_login"))["Content-Language"] == "zh-hans"


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

    monkeypatch.setattr("union_portal.home.portal.member_items", fail)
    client.raise_request_exception = False
    client.force_login(account())
    response = client.get("/")
    assert response.status_code == 500
    assert "ZeroDivisionError" not in response.content.decode()
