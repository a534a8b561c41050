"""The part for files in a browser: what was chosen is shown and taken back before it is sent."""

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import FileChooser, Locator, Page, TimeoutError  # noqa: A004

from tests.factories import bodies, papers
from tests.factories.members import account_with_role
from tests.journeys.browsing import DESK, PHONE, Browsers
from tests.journeys.looking import BESIDE, foreign, overflow, violations
from union_portal.accounts.enums import Role
from union_portal.base.intake.taking import MEGABYTE

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("one_factor")]


def faults(page: Page) -> list[Any]:
    wider = overflow(page)
    return [*violations(page, leaving=BESIDE), *foreign(page), *([wider] if wider > 0 else [])]


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["1440", "390"])
def test_what_was_chosen_is_shown_and_taken_back_before_it_is_sent(
    browsers: Browsers, size: dict[str, int], tmp_path: Path
) -> None:
    page = browsers.window(user=bodies.officer(), size=size).open(reverse("admin:congress_regulationversion_add"))
    part, files = page.locator(".up-upload"), page.locator("input[type=file]")
    picture, large = tmp_path / "现场照片.jpg", tmp_path / "扫描.pdf"
    picture.write_bytes(papers.picture(size=(800, 600)))
    large.write_bytes(papers.pdf())
    os.truncate(large, 21 * MEGABYTE)
    files.set_input_files(picture)
    row = part.locator(".up-upload__paper")
    page.wait_for_function("document.querySelector('.up-upload img').naturalWidth > 0")
    assert "现场照片.jpg" in row.inner_text()
    assert faults(page) == []
    row.get_by_role("button", name="移除").click()
    assert row.count() == 0
    files.set_input_files(large)
    assert "超过 20 MB，请压缩后再传。" in row.inner_text()
    assert faults(page) == []


def chooser(page: Page, act: Callable[[], object]) -> FileChooser:
    """Return the browser's chooser that the act opens; one asked for while the last is going away never comes."""
    for _turn in range(3):
        with suppress(TimeoutError):
            with page.expect_file_chooser(timeout=8_000) as opened:
                act()
            return opened.value
    raise AssertionError("no file chooser opened")


def _middle(button: Locator) -> tuple[float, float]:
    """Return where the middle of the button is now: a font that comes late may have moved it since the last try."""
    button.scroll_into_view_if_needed()
    place = button.bounding_box()
    assert place is not None
    return place["x"] + place["width"] / 2, place["y"] + place["height"] / 2


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "plain"])
def test_the_browser_s_own_button_is_unseen_and_still_takes_mouse_and_keyboard(
    browsers: Browsers, javascript: bool, tmp_path: Path
) -> None:
    lists = tmp_path / "名单.csv"
    lists.write_text("工号,姓名\n")
    window = browsers.window(user=account_with_role(Role.ORGANISATION), javascript=javascript)
    page = window.open(reverse("home:import_upload"))
    choose, button = page.locator("input[type=file]"), page.locator(".up-upload__button")
    assert button.inner_text() == "选择文件"
    chooser(page, lambda: choose.press("Enter")).set_files([])
    chooser(page, lambda: page.mouse.click(*_middle(button))).set_files(lists)
    looks = "([of]) => (({ color, opacity }) => [color, opacity])(getComputedStyle(document.activeElement, of))"
    choose.focus()
    assert page.evaluate(looks, ["::file-selector-button"])[1] == "0"
    if javascript:
        # What was chosen is told by the list, and the browser's words, in its language, are not seen.
        assert page.locator(".up-upload__paper").inner_text().startswith("名单.csv")
        assert page.evaluate(looks, [None])[0] == "rgba(0, 0, 0, 0)"
        assert faults(page) == []
    page.get_by_role("button", name="上传并预览").click()
    assert "名单.csv" in page.locator("main, #main, #content").first.inner_text()
