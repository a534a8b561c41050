"""The HR spreadsheet from the upload with faults to the people in the register."""

import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.urls import reverse
from playwright.sync_api import Page

from members.people.models import Person
from tests.factories import members as make
from tests.journeys.browsing import Browsers, step
from tests.members.register import hr_spreadsheet
from tests.members.register.hr_spreadsheet import sheet
from union_portal.accounts.enums import Access, Role
from union_portal.accounts.models import AccessEntry
from union_portal.home.imports.models import PendingImport
from union_portal.home.imports.services import working

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("one_factor")]


def upload(page: Page, table: list[list[Any]]) -> None:
    """Choose the file and press the button; afterwards the preview shows."""
    file = {
        "name": "人事信息.xlsx",
        "mimeType": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "buffer": hr_spreadsheet.workbook(table).read(),
    }
    page.locator("[name=file]").set_input_files(file)  # type: ignore[arg-type]
    step(page, "上传并预览")
    page.locator(".up-figures").wait_for()


def counted(page: Page) -> list[str]:
    """Return the preview's counts: new, changed, unchanged, faulty."""
    return [value.replace(",", "") for value in page.locator(".up-figure__value").all_inner_texts()]


def test_every_fault_is_named_and_the_corrected_file_is_saved_once(browsers: Browsers, tmp_path: Path) -> None:
    hr_spreadsheet.found_branches()
    sound = hr_spreadsheet.rows(60)
    faulty, planted = hr_spreadsheet.planted(sound, count=len(hr_spreadsheet.FAULTS))
    clerk = make.account_with_role(Role.ORGANISATION)
    page = browsers.window(user=clerk).open(reverse("home:import_upload"))

    upload(page, faulty)
    shown = page.locator("section.up-errors tbody tr").all_inner_texts()
    asked = page.locator("#words tbody td[data-label=名单中的用语]").all_inner_texts()
    spoilt = {
        (row, heading): faulty[row - 2][hr_spreadsheet.HEADINGS.index(heading)] for row, heading, _word in planted
    }
    assert asked == ["未知", "幽灵分工会", "神仙"]
    for (row, heading), value in spoilt.items():
        if value in asked:  # a word that may be explained is asked about once, in no row
            continue
        named = [line.split("\t") for line in shown if line.split("\t")[0].strip() == str(row)]
        assert named, (row, heading)
        assert all(reason.strip() and not reason.isascii() for *_cells, reason in named), named
    assert page.get_by_role("button", name="保存全部数据").count() == 0
    with page.expect_download() as downloading:
        page.get_by_role("link", name="下载已标出问题的文件").click()
    marked = tmp_path / "marked.xlsx"
    downloading.value.save_as(marked)
    sheet = openpyxl.load_workbook(io.BytesIO(marked.read_bytes())).worksheets[0]
    assert sheet.max_row >= len(sound) + 1
    assert all(sheet.cell(row, sheet.max_column).value for row, _heading in spoilt)
    assert not Person.objects.exists()

    page.goto(browsers.base + reverse("home:import_upload"))
    upload(page, sound)
    assert counted(page) == ["60", "0", "0", "0"]
    preview = page.url
    twin = page.context.new_page()
    twin.goto(preview)
    page.locator("form[action$='/confirm/'] button").click()
    page.get_by_text("全部数据已保存").wait_for()
    twin.locator("form[action$='/confirm/'] button").click()
    twin.get_by_text("没有重复写入").wait_for()
    assert Person.objects.count() == 60
    assert AccessEntry.objects.filter(user=clerk, action=Access.IMPORT).count() == 1

    changed = [list(row) for row in sound]
    changed[0][hr_spreadsheet.HEADINGS.index("专业技术职务")] = "研究员"
    page.goto(browsers.base + reverse("home:import_upload"))
    upload(page, changed)
    assert counted(page) == ["0", "1", "59", "0"]
    assert "研究员" in page.locator("main, #content, body").first.inner_text()
    page.locator("form[action$='/confirm/'] button").click()
    page.get_by_text("全部数据已保存").wait_for()

    page.goto(browsers.base + reverse("admin:members_person_changelist"))
    found = page.locator("body").inner_text()
    assert sound[1][1] in found


def test_a_large_file_waits_for_the_worker_and_the_page_goes_on_by_itself(
    browsers: Browsers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(working, "LARGE_BYTES", 10)
    monkeypatch.setattr(working, "LARGE_TEXT", 10)
    clerk = make.account_with_role(Role.ORGANISATION)
    page = browsers.window(user=clerk).open(reverse("home:import_upload"))
    file = {"name": "人事信息.xlsx", "mimeType": "application/xlsx", "buffer": sheet("工号 姓名", ["7", "赵六"]).read()}
    page.locator("[name=file]").set_input_files(file)  # type: ignore[arg-type]
    step(page, "上传并预览")
    page.get_by_text("等待后台处理").wait_for()
    working.run(pk=PendingImport.objects.get().pk)
    page.locator(".up-figures").wait_for()
    page.locator("form[action$='/confirm/'] button").click()
    page.get_by_text("正在保存").wait_for()
    working.run(pk=PendingImport.objects.get().pk)
    page.get_by_text("已保存").wait_for()
    assert Person.objects.get().name == "赵六"
