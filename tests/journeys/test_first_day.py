"""A school's first day: from the first sign-in to people in their branches and an officer with a code."""

from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from members.branches.models import Branch
from members.people.models import Person
from tests.factories import members as make
from tests.journeys import looking
from tests.journeys.browsing import PHONE, Browsers, step
from tests.members.register import hr_spreadsheet
from union_portal.base import profile

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("one_factor")]
HEADINGS = ("工号", "姓名", "分工会", "是否会员", "来校时间")
BRANCHES = ("文学院分工会", "理学院分工会", "机关分工会")
NAMES = ("尉迟岚", "张伟", "王芳", "李娜", "刘洋", "陈静")


def people() -> list[list[Any]]:
    return [[f"{20200001 + place}", name, BRANCHES[place % 3], "是", "2020-09-01"] for place, name in enumerate(NAMES)]


def bring_in(page: Page) -> None:
    """Upload the list that the checklist leads to, let it bring its branches, and save it."""
    page.locator(".up-begin__step", has_text="导入会员名册").get_by_role("link", name="导入名单").click()
    page.locator("[name=file]").set_input_files(
        {
            "name": "人事信息.xlsx",
            "mimeType": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "buffer": hr_spreadsheet.workbook(people(), headings=HEADINGS).read(),
        }
    )
    step(page, "上传并预览")
    step(page, "新建没有登记过的 3 个分工会")
    page.locator("[name=founded_on]").fill("2001-09-01")
    page.get_by_label("首次建册").check()
    step(page, "按此回答比对")
    expect(page.locator(".up-confirmation")).to_contain_text("将新建 3 个分工会；将新增 6 行")
    step(page, "保存全部数据")
    page.get_by_text("全部数据已保存").wait_for()


def name_officer(page: Page) -> str:
    """Pick somebody by pinyin, say what the officer is to do, and return the code that is shown once."""
    page.locator(".select2-selection").click()
    page.locator(".select2-search__field").fill("ycl")
    page.locator(".select2-results__option", has_text="尉迟岚 · 20200001").click()
    page.get_by_label("组织委员").check()
    page.get_by_label("显示一次").check()
    step(page, "下一步")
    expect(page.locator(".up-confirmation")).to_contain_text("尉迟岚 · 20200001 · 文学院分工会 担任组织委员，立即生效")
    step(page, "确认授予")
    return page.locator(".up-code").inner_text()


def test_the_first_account_names_the_union_brings_its_people_in_and_makes_an_officer(browsers: Browsers) -> None:
    profile.keep(None)
    window = browsers.window(user=make.account(is_superuser=True, name="初始管理员"))
    page = window.open(reverse("admin:index"))
    expect(page.get_by_role("heading", name="先告诉平台您是哪个工会")).to_be_visible()
    page.get_by_label("单位名称").fill("青岚学院工会")
    page.get_by_label("简称").fill("青岚院工会")
    page.get_by_label("建会日期").fill("1958-09-01")
    assert looking.violations(page) == []
    step(page, "保存并进入工作台")
    expect(page.locator(".up-begin__step--next")).to_contain_text("建立分工会")
    expect(page.get_by_text("青岚院工会工作平台").first).to_be_visible()
    bring_in(page)
    assert set(Branch.objects.filter(parent__name="青岚学院工会").values_list("name", flat=True)) == set(BRANCHES)
    assert Person.objects.count() == len(NAMES)
    page.goto(window.base + reverse("admin:index"))
    expect(page.locator(".up-begin__step--next")).to_contain_text("登记分工会班子")
    expect(page.locator(".up-begin__step", has_text="填写本校慰问标准")).to_contain_text("待办理")
    assert looking.violations(page) == []

    phone = browsers.window(user=make.account(is_superuser=True), size=PHONE)
    page = phone.open(reverse("admin:index"))
    expect(page.locator(".up-begin__step--done").first).to_be_visible()
    assert looking.overflow(page) <= 0
    page.goto(phone.base + reverse("home:officer"))
    assert looking.overflow(page) <= 0
    assert len(name_officer(page)) == len("ABCDE-23456")
    page.goto(phone.base + reverse("home:help"))
    assert looking.overflow(page) <= 0
    assert looking.violations(page) == []
