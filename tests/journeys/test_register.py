"""A membership through retirement, a mistaken death, transfer and letter, and an application; the trail stays."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page

from members.branches.enums import Position
from members.branches.services import offices
from members.people.models import Person
from tests.factories import members as make
from tests.journeys.browsing import Browsers, text
from union_portal.accounts.enums import Role

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("one_factor")]


class Officer:
    """The organisation officer at the desk, on one person's pages."""

    def __init__(self, browsers: Browsers) -> None:
        self.user = make.account_with_role(Role.ORGANISATION)
        self.base = browsers.base
        self.page: Page = browsers.window(user=self.user).page()

    def see(self, person: Person) -> str:
        """Open the person's page and return what it says."""
        self.page.goto(self.base + reverse("admin:members_person_change", args=[person.pk]))
        return text(self.page)

    def take(self, person: Person, action: str, **values: str) -> str:
        """Fill in the step's form and confirm it; return what is said before, where there is a look, and after."""
        self.page.goto(self.base + reverse(f"admin:members_person_{action}", args=[person.pk]))
        self.fill(**values)
        said = text(self.page)
        assert "请核对，确认后办理" in said, said
        self.send()
        assert self.page.locator("form.up-action").count() == 0, text(self.page)
        return f"{said}\n{text(self.page)}"

    def fill(self, **values: str) -> None:
        """Fill in fields by name, a choice by its value, and send the form."""
        for name, value in values.items():
            fields = self.page.locator(f"form.up-action [name={name}]")
            if fields.first.get_attribute("type") == "radio":
                self.page.locator(f"[name={name}][value={value}]").check()
            elif fields.first.evaluate("field => field.tagName") == "SELECT":
                fields.select_option(label=value)
            else:
                fields.fill(value)
        self.send()

    def send(self) -> None:
        """Press the form's button; the page that answers is there afterwards."""
        with self.page.expect_navigation():
            self.page.locator("form.up-action button.up-button--primary").click()

    def trail(self, person: Person) -> list[str]:
        """Return the entries of the person's page, the newest first, each in one line."""
        self.see(person)
        rows = self.page.locator("section", has_text="会籍变动登记").locator(".up-timeline__item")
        return [" ".join(row.split()) for row in rows.all_inner_texts()]


@pytest.fixture
def officer(browsers: Browsers) -> Officer:
    return Officer(browsers)


def corrected(officer: Officer, person: Person, *, first: dt.date, second: dt.date) -> None:
    """Record a retirement ahead and correct its day; record a death and take it back."""
    officer.take(person, "retire_member", on=f"{first}", document="退休通知")
    assert f"{first} 退休" in officer.page.locator(".up-person__now").inner_text()
    officer.take(person, "correct_entry", how="day", on=f"{second}", why="人事处来函更正")
    assert f"{second} 退休" in officer.page.locator(".up-person__now").inner_text()
    today = timezone.localdate()
    ends = officer.take(person, "record_death_of", on=f"{today}", document="讣告")
    assert all(words in ends for words in ("甲分工会主席", f"尚未到期的退休登记（{second}）", "账号和角色")), ends
    assert f"{today} 去世" in officer.page.locator(".up-person__now").inner_text()
    left = officer.take(person, "correct_entry", how="never", why="同名同姓，登记错人")
    assert f"此前登记的 {second} 退休已随之撤回" in left
    life = officer.page.locator("section", has_text="历年记录").locator(".up-life__item", has_text="在职会籍")
    assert "讣告" not in life.inner_text()


def transferred(officer: Officer, person: Person) -> None:
    """Move to another branch, then to another union, and print the letter."""
    officer.take(person, "transfer_member", where="branch", branch="乙分工会")
    said = officer.take(person, "transfer_member", where="out", counterpart="星湖市第二中学工会", document="调令")
    assert "会籍接转介绍信请在“办理”中打印" in said
    address = officer.base + reverse("admin:members_person_transfer_letter", args=[person.pk])
    officer.page.goto(address)
    token = officer.page.locator("form.up-action [name=csrfmiddlewaretoken]").input_value()
    # The browser would show the file in a viewer of its own.
    sent = officer.page.context.request.post(address, form={"csrfmiddlewaretoken": token}, headers={"Referer": address})
    assert sent.headers["content-type"] == "application/pdf"
    assert sent.body().startswith(b"%PDF")


def admitted(officer: Officer, person: Person, *, branch: int) -> None:
    """Enter an application, find it on the desk, and decide it."""
    page, today = officer.page, timezone.localdate()
    page.goto(f"{officer.base}{reverse('admin:members_admission_add')}?person={person.pk}&branch={branch}")
    page.locator("[name=words]").fill("拥护工会章程，自愿加入。")
    page.locator("[name=_save]").click()
    page.locator(".up-timeline").wait_for()
    page.goto(officer.base + reverse("admin:index"))
    waits = page.locator(".up-item", has_text="待审批的入会申请")
    assert "逾期" not in waits.inner_text()
    waits.click()
    page.locator("#result_list tbody th a").click()
    page.get_by_role("link", name="批准入会", exact=True).first.click()
    assert f"{person}自批准日期起为会员，归入甲分工会" in text(page)
    officer.fill(decided_on=f"{today}", decided_by="校工会委员会", document="星院工〔2026〕19号")
    page.get_by_text("已批准入会").first.wait_for()
    assert page.locator("[name=applied_on], [name=person], [name=words]").count() == 0


def test_a_membership_is_put_right_and_transferred_and_its_page_says_who_when_and_why(officer: Officer) -> None:
    today = timezone.localdate()
    home, other = make.branch(name="甲分工会"), make.branch(name="乙分工会")
    person, applicant = make.member(branch=home, name="林知远"), make.person(name="何晓岚")
    make.account(of=person)
    term = offices.start_term(branch=home, began_on=dt.date(2022, 1, 1), ends_on=dt.date(2099, 12, 31))
    offices.elect(person=person, term=term, position=Position.CHAIR)
    first, second = today + dt.timedelta(days=40), today + dt.timedelta(days=70)

    corrected(officer, person, first=first, second=second)
    transferred(officer, person)
    admitted(officer, applicant, branch=home.pk)

    rows = officer.trail(person)
    told = (
        (f"转出 {today}", ""),
        (f"归入{other.name} {today}", ""),
        (f"更正：去世 {today} 未发生", "同名同姓，登记错人"),
        (f"去世 {today}（已更正）", ""),
        (f"更正：退休 {second} 未发生", f"此前已登记去世（{today}）"),
        (f"退休 {second}（已更正）", ""),
        (f"更正：退休 {first} 应为 {second}", "人事处来函更正"),
        (f"退休 {first}（已更正）", ""),
    )
    assert len(rows) >= len(told), rows
    for row, (what, why) in zip(rows, told, strict=False):
        assert row.startswith(f"{what} {officer.user} {today}"), row
        assert why in row, row
    # The correction says for ever what came back with it and what did not.
    assert "已恢复：在职会籍、" in rows[2]
    assert f"未恢复、请接着处理：此前登记的 {second} 退休已随之撤回" in rows[2]
    (joined,) = officer.trail(applicant)
    assert joined.startswith(f"入会 {today} {officer.user} {today}"), joined
