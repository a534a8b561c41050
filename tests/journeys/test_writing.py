"""Writing a draft at the desk and on the phone: by keyboard, with a line that breaks and a session that ends."""

import datetime as dt

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import Page, Route, expect

from tests.factories import members as make
from tests.factories.reports import brief, started
from tests.journeys.browsing import DESK, PHONE, Browsers, Window
from tests.journeys.looking import BESIDE, overflow, violations
from union_portal.accounts.enums import Role
from union_portal.annual_report.reports.models import AnnualReport, UnsavedText
from union_portal.annual_report.reports.services.drafting import start_report
from union_portal.base.periods import Period

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("one_factor")]
EVERY = 10_000


def put_in_by_keyboard(page: Page, box: str) -> None:
    """Type into the box, look a figure up and put it in, without the mouse."""
    page.locator(box).fill("")
    page.locator(box).press_sequentially("全年共有会员")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.type("在册会员")
    page.locator("[data-quote='{members.total:heads}']").wait_for()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    page.keyboard.type("人。")
    expect(page.locator(box)).to_have_value("全年共有会员{members.total:heads}人。")


def wait_for_words(page: Page, words: str) -> None:
    """Let ten seconds pass and wait for what the page says about keeping."""
    page.clock.run_for(EVERY)
    expect(page.locator("[data-says]")).to_contain_text(words)


def lose_the_answer(route: Route) -> None:
    """Let the portal keep what is sent and the page never know."""
    assert route.fetch().ok
    route.abort()


def lose_nothing(page: Page, window: Window, box: str) -> None:
    """Go on typing while the line is down, come back to the page, and go on while the session is over."""
    window.context.route("**/keeping/", lambda route: route.abort())
    page.locator(box).press_sequentially("断线时写的。")
    wait_for_words(page, "网络连接中断")
    page.reload()
    expect(page.locator("[data-says]")).to_contain_text("已恢复")
    expect(page.locator(box)).to_have_value("全年共有会员{members.total:heads}人。断线时写的。")
    window.context.unroute("**/keeping/")
    # What reached the portal whose answer did not come back is not taken for another window's.
    window.context.route("**/keeping/", lose_the_answer)
    page.locator(box).press_sequentially("没有回音。")
    wait_for_words(page, "网络连接中断")
    window.context.unroute("**/keeping/")
    cookies = [one for one in window.context.cookies() if one["name"] == settings.SESSION_COOKIE_NAME]
    window.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    page.locator(box).press_sequentially("退出后写的。")
    wait_for_words(page, "登录已过期")
    window.context.add_cookies([{"name": one["name"], "value": one["value"], "url": window.base} for one in cookies])
    wait_for_words(page, "已自动保存")
    # A session that ended is answered with the words that were sent.
    window.complaints[:] = [said for said in window.complaints if "403" not in said]


def test_a_draft_is_written_by_keyboard_and_loses_nothing(browsers: Browsers) -> None:
    make.member(on=dt.date(2020, 1, 1))
    outline = brief()
    for size in (DESK, PHONE):
        report: AnnualReport = start_report(outline=outline, period=Period.year(2022), actor=None)
        window = browsers.window(user=make.account_with_role(Role.CHAIR), size=size)
        page = window.page()
        page.clock.install()
        page.goto(window.base + reverse("admin:annual_report_annualreport_change", args=[report.pk]))
        box = f"#{page.locator('textarea[name^=text-]').last.get_attribute('id')}"

        put_in_by_keyboard(page, box)
        expect(page.locator(box.replace("#", "#said-"))).to_have_text("全年共有会员1人。")
        wait_for_words(page, "已自动保存")
        assert UnsavedText.objects.get(report=report).text == "全年共有会员{members.total:heads}人。"
        assert (overflow(page), violations(page, leaving=BESIDE)) == (0, [])
        lose_nothing(page, window, box)

        page.get_by_role("button", name="保存文字").click()
        page.get_by_text("已保存；").wait_for()
        assert page.evaluate("Object.keys(localStorage).filter(name => name.startsWith('report:'))") == []
        said = "全年共有会员{members.total:heads}人。断线时写的。没有回音。退出后写的。"
        assert report.texts.filter(text=said).count() == 1
        page.close()


def last_box(page: Page) -> str:
    return f"#{page.locator('textarea[name^=text-]').last.get_attribute('id')}"


def test_two_who_write_the_same_section_see_both_texts_and_choose(browsers: Browsers) -> None:
    make.member(on=dt.date(2020, 1, 1))
    report = started()
    address = reverse("admin:annual_report_annualreport_change", args=[report.pk])
    people = ((Role.CHAIR, DESK), (Role.ORGANISATION, PHONE))
    first, second = (
        browsers.window(user=make.account_with_role(role), size=size).open(address) for role, size in people
    )
    box = last_box(first)
    first.locator(box).fill("甲写的一段。")
    second.locator(box).fill("乙写的一段。")
    first.get_by_role("button", name="保存文字").click()
    first.get_by_text("已保存；").wait_for()

    second.get_by_role("button", name="保存文字").click()
    beside = second.locator(box.replace("#text", "#both"))
    expect(beside).to_contain_text("甲写的一段。")
    expect(beside).to_contain_text("乙写的一段。")
    expect(second.locator(box)).to_have_value("乙写的一段。")
    assert (overflow(second), violations(second, leaving=BESIDE)) == (0, [])
    # The refusal leads to the place where one chooses.
    second.get_by_role("alert").get_by_role("link").first.click()
    beside.get_by_label("两段都留").check()
    second.get_by_role("button", name="保存文字").click()
    second.get_by_text("已保存；").wait_for()
    expect(second.locator(box)).to_have_value("甲写的一段。\n乙写的一段。")
    assert report.texts.filter(text="甲写的一段。\n乙写的一段。").count() == 1


def test_a_draft_is_written_without_scripts(browsers: Browsers) -> None:
    make.member(on=dt.date(2020, 1, 1))
    report = started()
    window = browsers.window(user=make.account_with_role(Role.CHAIR), javascript=False)
    page = window.open(reverse("admin:annual_report_annualreport_change", args=[report.pk]))
    box = last_box(page)
    with page.context.expect_page() as opened:
        page.locator(f"[data-insert={box[1:]}]").click()
    figures = opened.value
    figures.get_by_label("按名称查找数据").fill("在册会员")
    figures.get_by_role("button", name="查找").click()
    quote = figures.locator("code", has_text="{members.total:heads}").inner_text()

    page.locator(box).fill("共{members.total:headz}人。")
    page.get_by_role("button", name="保存文字").click()
    expect(page.get_by_role("alert")).to_contain_text("没有“{members.total:headz}”这一项")
    expect(page.locator(box)).to_have_value("共{members.total:headz}人。")
    page.locator(box).fill(f"方案{{A}}，共{quote}人。")
    page.get_by_role("button", name="保存文字").click()
    page.get_by_text("已保存；").wait_for()
    expect(page.locator(box.replace("#", "#said-"))).to_have_text("方案{A}，共1人。")
    assert report.texts.filter(text="方案{A}，共{members.total:heads}人。").count() == 1
