"""Joining, moving, dying and taking it back, from the desk's first page, by typing; pages and clicks are counted."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Locator, Page

from members.branches.enums import Position
from members.branches.services import offices
from members.people.models import Person
from tests.factories import members as make
from tests.journeys.browsing import DESK, PHONE, Browsers, text
from tests.journeys.looking import overflow
from union_portal.accounts.enums import Role

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("one_factor")]
SIZES = pytest.mark.parametrize("size", [DESK, PHONE], ids=["1440", "390"])


class Counting:
    """The organisation officer's window, which counts what is pressed and which pages are seen."""

    def __init__(self, browsers: Browsers, size: dict[str, int]) -> None:
        self.base = browsers.base
        self.page: Page = browsers.window(user=make.account_with_role(Role.ORGANISATION), size=size).page()
        self.clicks = self.pages = 0

    def begin(self, label: str) -> None:
        """Start a job from the desk by 新建."""
        self.page.goto(self.base + reverse("admin:index"))
        self.clicks = self.pages = 0
        new = self.page.locator(".up-new")
        new.locator("summary, button").first.click()
        self.clicks += 1
        self.press(new.get_by_role("link", name=label, exact=True))

    def press(self, what: Locator) -> None:
        """Press what leads to another page."""
        with self.page.expect_navigation():
            what.click()
        self.clicks, self.pages = self.clicks + 1, self.pages + 1
        assert overflow(self.page) <= 0, self.page.url

    def pick(self, words: str, person: Person) -> None:
        """Type into the open picker and take what it finds first; the page goes on by itself."""
        with self.page.expect_response(lambda answer: "term=" in answer.url):
            self.page.locator(".select2-search__field").last.fill(words)
        self.press(self.page.locator(".select2-results__option--highlighted", has_text=person.picked_as))

    def send(self) -> None:
        """Press the form's one main button."""
        self.press(self.page.locator("form.up-action button.up-button--primary"))

    def tell(self, job: str, *, pages: int, clicks: int) -> None:
        """Hold the job to what it may cost."""
        assert (self.pages, self.clicks) <= (pages, clicks), f"{job}: {self.pages} pages, {self.clicks} clicks"


def join(window: Counting, person: Person) -> None:
    """Find somebody of the register, fill in the day and the card, look, confirm."""
    page = window.page
    window.begin("入会")
    page.locator("form[data-up-go] .select2-selection").click()
    window.clicks += 1
    window.pick(person.name, person)
    assert "办理入会：何晓岚" in text(page)
    page.locator("[name=on]").fill("2026年9月1日")
    page.locator("[name=mobile]").fill("13912345678")
    page.locator("[name=branch]").select_option(label="甲分工会")
    window.send()
    assert "自 2026-09-01 起为会员，属于甲分工会" in text(page)
    window.send()
    assert "在职会籍" in page.locator(".up-person__now").inner_text()
    window.tell("joiner", pages=4, clicks=6)


def enter(window: Counting) -> None:
    """Enter somebody whom the register does not know, membership, branch and numbers with it."""
    page = window.page
    window.begin("入会")
    told = {"staff_number": "20260001", "name": "欧阳若水", "joined_on": "2026.9.1", "mobile": "13912345678"}
    for name, value in told.items():
        page.locator(f"#person_form [name={name}]").fill(value)
    page.locator("#person_form [name=branch]").select_option(label="乙分工会")
    window.press(page.locator("[name=_save]"))
    assert "在职会籍" in page.locator(".up-person__now").inner_text()
    window.tell("new person", pages=2, clicks=3)
    assert Person.objects.get(staff_number="20260001").memberships.get().valid_from == dt.date(2026, 9, 1)


def move(window: Counting, person: Person) -> None:
    """Move to another branch; the offices that stay are named before."""
    page = window.page
    window.begin("调动")
    window.pick("zlw", person)
    assert not page.locator("[name=counterpart]").is_visible()
    page.locator("[name=branch]").select_option(label="乙分工会")
    page.locator("[name=on]").fill(f"{timezone.localdate():%Y.%m.%d}")
    window.send()
    said = text(page)
    assert "随之终止：在甲分工会的归属。" in said
    assert "工会任职（甲分工会主席）" in said
    window.send()
    assert "乙分工会" in page.locator(".up-person__now").inner_text()
    window.tell("transfer", pages=4, clicks=5)
    assert person.assignments.count() == 2


def die_and_return(window: Counting, person: Person) -> None:
    """Record a death in slate, then put it right by the link beside the entry."""
    page, today = window.page, timezone.localdate()
    page.goto(window.base + reverse("admin:members_person_do_record_death_of"))
    window.clicks = window.pages = 0
    window.pick(str(person.staff_number), person)
    window.send()
    assert "随之终止" in text(page)
    assert page.locator("form.up-action--mourning").count() == 1
    window.send()
    assert f"{today} 去世" in page.locator(".up-person__now").inner_text()
    menu, steps = page.content(), ("transfer-member", "retire-member", "leave-union", "rename-member")
    assert f"/{person.pk}/correct-entry/" in menu
    assert not any(f"/{person.pk}/{step}/" in menu for step in steps)
    window.tell("death", pages=3, clicks=3)

    window.press(page.locator(".up-timeline__way").first)
    assert page.locator("form.up-action--mourning").count() == 1
    page.locator("[name=how][value=never]").check()
    page.locator("[name=why]").fill("同名同姓，登记错人")
    window.send()
    window.send()
    assert "在职会籍" in page.locator(".up-person__now").inner_text()
    assert "已恢复：" in text(page)
    window.tell("death and its correction", pages=6, clicks=6)


@SIZES
def test_the_jobs_of_the_register_are_done_by_who_never_saw_them(browsers: Browsers, size: dict[str, int]) -> None:
    home = make.branch(name="甲分工会")
    make.branch(name="乙分工会")
    joiner, officer = make.person(name="何晓岚"), make.member(branch=home, name="周立文", staff_number="20180006")
    term = offices.start_term(branch=home, began_on=dt.date(2022, 1, 1), ends_on=dt.date(2099, 12, 31))
    offices.elect(person=officer, term=term, position=Position.CHAIR)
    window = Counting(browsers, size)
    join(window, joiner)
    enter(window)
    move(window, officer)
    die_and_return(window, officer)
