"""The part for files in a browser: what was chosen is shown and taken back before it is sent."""

import os
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from tests.factories import bodies, papers
from tests.journeys.browsing import DESK, PHONE, Browsers
from tests.journeys.looking import BESIDE, foreign, overflow, violations
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
