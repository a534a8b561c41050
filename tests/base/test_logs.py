"""A fault is in the log under the number that its page shows, without a word about people."""

import json
import logging
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories.members import account_with_role
from tests.letters import posted
from union_portal.accounts.enums import Role
from union_portal.base.logs import LineFormatter, MailHandler

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_factor")]
SECRET = "张三丰 330102199001011234"


def test_a_fault_is_logged_under_the_number_that_its_page_shows(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    user = account_with_role(Role.ORGANISATION)
    client = Client(raise_request_exception=False)
    client.force_login(user)

    def broken(*_args: Any, **_options: Any) -> None:
        raise ValueError(SECRET)

    monkeypatch.setattr("union_portal.home.imports.views.pages._allowed", broken)
    told = client.get(reverse("home:import_upload"), {"kind": SECRET})
    number = told["X-Request-ID"]
    assert told.status_code == 500
    assert f"编号：<code>{number}</code>" in told.content.decode()
    (record,) = [one for one in caplog.records if one.name == "django.request"]
    written = LineFormatter().format(record)
    line = json.loads(written)
    assert (line["request"], line["method"], line["path"]) == (number, "GET", "/admin/imports/")
    assert line["account"] == user.pk
    assert line["exception"][0] == "builtins.ValueError"
    assert "broken" in line["exception"][-1]
    assert "张三" not in written


@pytest.mark.parametrize(("proxies", "given", "kept"), [(1, "a1b2c3d4-0001", True), (0, "a1b2c3d4-0001", False)])
def test_only_a_trusted_proxy_gives_the_number(
    client: Client, settings: Any, proxies: int, given: str, *, kept: bool
) -> None:
    settings.PORTAL_TRUSTED_PROXIES = proxies
    assert (client.get("/health/", headers={"X-Request-ID": given})["X-Request-ID"] == given) is kept
    assert client.get("/health/", headers={"X-Request-ID": "x\ny" * 9})["X-Request-ID"].isalnum()


def test_administrators_hear_once_of_a_fault_by_the_worker(settings: Any) -> None:
    settings.ADMINS = [("", "admin@example.org")]
    handler = MailHandler()
    handler.setFormatter(LineFormatter())
    for _again in range(3):
        handler.emit(logging.makeLogRecord({"name": "django.request", "msg": "Internal Server Error: /x/"}))
    (letter,) = posted()
    assert letter.to == ["admin@example.org"]
