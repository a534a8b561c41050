"""A long list is asked for, left to the worker, found again and taken, at the desk and on a phone."""

import os
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from tests.factories import members
from tests.journeys.browsing import DESK, PHONE, Browsers
from union_portal.accounts.enums import Role
from union_portal.home.files import services
from union_portal.home.files.models import AskedFile

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("one_factor")]


def look(page: Page, name: str) -> None:
    """Keep a picture where somebody asked for them; on a phone nothing may stand beyond the edge."""
    wide, room = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    assert wide <= room, name
    if folder := os.environ.get("PORTAL_PICTURES"):
        page.screenshot(path=str(Path(folder) / f"{name}.png"))


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_a_long_export_is_waited_for_left_and_taken(
    browsers: Browsers, monkeypatch: pytest.MonkeyPatch, size: dict[str, int]
) -> None:
    monkeypatch.setattr("union_portal.base.files.AT_ONCE", 2)
    for name in ("陈一", "陈二", "陈三"):
        members.member(name=name)
    keeper, name = members.account_with_role(Role.ORGANISATION), str(size["width"])
    page = browsers.window(user=keeper, size=size).open("/admin/members/person/export/")
    look(page, f"{name}-asking")
    page.get_by_role("button", name="导出").click()
    page.get_by_text("排队等待生成").first.wait_for()
    file = AskedFile.objects.get()
    look(page, f"{name}-waiting")
    # Left, it is found on the desk; come back to, the page goes on by itself.
    page.goto(browsers.base + reverse("admin:index"))
    page.get_by_text("正在生成的文件").first.click()
    page.get_by_text("刷新进度").wait_for()
    services.make(pk=file.pk)
    page.get_by_text("已生成").first.wait_for()
    look(page, f"{name}-there")
    with page.expect_download() as taken:
        page.get_by_role("link", name="下载文件").click()
    assert taken.value.suggested_filename.endswith(".xlsx")
    page.goto(browsers.base + reverse("home:files"))
    page.get_by_text("已下载").wait_for()
    look(page, f"{name}-files")
    page.get_by_role("link", name=file.title, exact=True).click()
    page.get_by_role("button", name="删除文件").click()
    page.get_by_text("没有文件").wait_for()
    look(page, f"{name}-none")


def test_without_scripts_a_reload_tells_how_far_it_is(browsers: Browsers, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("union_portal.base.files.AT_ONCE", -1)
    keeper = members.account_with_role(Role.ORGANISATION)
    page = browsers.window(user=keeper, javascript=False).open("/admin/members/person/export/")
    page.get_by_role("button", name="导出").click()
    page.get_by_text("刷新进度").wait_for()
    services.make(pk=AskedFile.objects.get().pk)
    page.get_by_text("刷新进度").click()
    page.get_by_role("link", name="下载文件").wait_for()
