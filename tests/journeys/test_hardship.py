"""A household in hardship, from the branch chair's phone through committee and notice to an aid that is paid."""

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page

from members.people.models import Person
from tests.factories import hardship
from tests.factories import members as make
from tests.factories import rounds as welfare
from tests.journeys.browsing import DESK, PHONE, Browsers, Window, text
from tests.journeys.looking import faults_of
from tests.journeys.test_condolence import pick
from tests.journeys.test_money import confirm, from_desk
from union_portal.accounts.enums import Role
from welfare.disclosure.models import Disclosure
from welfare.hardship.enums import AidState, FileState
from welfare.hardship.models import HardshipAid, HardshipFile
from welfare.ledger.models import LedgerEntry

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("one_factor")]


@pytest.fixture
def person() -> Person:
    hardship.standard(place="星湖市")
    return make.member(name="尉迟明远", branch=make.branch(name="外国语分工会"))


def act(page: Page, name: str) -> None:
    """Press a step of a record's page, and wait for the form that it asks."""
    page.get_by_role("link", name=name).first.click()
    page.locator("form.up-action").wait_for()


def choose(page: Page, name: str, words: str) -> None:
    """Find a row by typing."""
    page.locator(f"[name={name}] + .select2 .select2-selection").click()
    page.locator(".select2-search__field").last.fill(words)
    page.locator(".select2-results__option", has_text=words).first.click()


def tell(page: Page, person: Person) -> None:
    """Fill in the application with its household and costs, all on one page."""
    pick(page, "weichi", person.name)
    page.locator("[name=income]").fill("96000")
    for number, (name, relation) in enumerate(
        (("尉迟明远", "本人"), ("高某", "配偶"), ("尉迟某", "子女"), ("王某", "母亲"))
    ):
        page.locator(f"[name=household-{number}-name]").fill(name)
        page.locator(f"[name=household-{number}-relation]").fill(relation)
    for number, (cause, amount) in enumerate((("medical", "46000"), ("tuition", "12000"))):
        page.locator(f"[name=costs-{number}-cause]").select_option(cause)
        page.locator(f"[name=costs-{number}-amount]").fill(amount)
    with page.expect_navigation():
        page.locator("[name=_save]").first.click()


def handed_up(window: Window, person: Person) -> Page:
    """Let the branch enter the application and hand it up."""
    page = window.open(reverse("admin:welfare_hardshipfile_add"))
    tell(page, person)
    told = text(page)
    assert all(words in told for words in ("深度困难", "791.67")), told
    for name in ("提交分工会", "同意上报"):
        act(page, name)
        confirm(page)
    assert "待委员会评定" in text(page)
    return page


def decided(window: Window) -> None:
    """Let the committee decide otherwise than the figures; both are shown."""
    page = from_desk(window, "待评定的困难档案")
    page.locator("#result_list tbody th a").first.click()
    act(page, "登记评定结果")
    assert "791.67" in text(page)
    page.locator("[name=decided_kind]").select_option("deep")
    page.locator("[name=decided_on]").fill(f"{timezone.localdate()}")
    page.locator("[name=decision]").fill("民生委员会纪要3号")
    confirm(page)
    told = text(page)
    assert all(words in told for words in ("按标准测算：深度困难", "委员会评定：深度困难")), told


def disclosed(window: Window) -> None:
    """Let the officer publish the masked line, and end the notice once its days are over."""
    page = from_desk(window, "待公示的困难档案")
    page.locator("#result_list tbody th a").first.click()
    act(page, "公示评定结果")
    confirm(page)
    notice = Disclosure.objects.get()
    assert ("尉***" in notice.lines, "尉迟" in notice.lines) == (True, False)
    Disclosure.objects.update(starts_on=timezone.localdate() - dt.timedelta(days=40))
    page = window.open(reverse("admin:welfare_disclosure_change", args=[notice.pk]))
    assert "尉***" in text(page)
    act(page, "结束公示")
    confirm(page)
    assert HardshipFile.objects.get().state == FileState.LISTED


def proposed(window: Window, file: HardshipFile) -> None:
    """Let the officer propose an aid from the file's page."""
    page = window.open(reverse("admin:welfare_hardshipfile_change", args=[file.pk]))
    page.get_by_role("link", name="登记困难帮扶").first.click()
    page.locator("[name=kind]").select_option("living")
    page.locator("[name=amount]").fill("8000")
    with page.expect_navigation():
        page.locator("[name=_save]").first.click()
    assert HardshipAid.objects.get().amount == Decimal(8000), text(page)


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["390", "1440"])
def test_a_household_goes_from_the_branch_onto_the_list_and_is_helped(
    browsers: Browsers, person: Person, size: dict[str, int]
) -> None:
    branch = person.assignments.get().branch
    window = browsers.window(user=make.account_with_role(Role.BRANCH_CHAIR, branches=(branch,)), size=size)
    page = handed_up(window, person)
    file = HardshipFile.objects.get()
    assert (file.state, file.branch) == (FileState.COMMITTEE, branch)
    chair = browsers.window(user=welfare.chair(), size=size)
    decided(chair)
    desk = browsers.window(user=welfare.officer(), size=size)
    disclosed(desk)
    proposed(desk, file)

    page = from_desk(chair, "待审批的困难帮扶")
    page.locator("#result_list tbody th a").first.click()
    act(page, "审批通过")
    confirm(page)
    books = browsers.window(user=welfare.treasurer(), size=size)
    page = from_desk(books, "待发放的困难帮扶")
    page.locator("#result_list tbody th a").first.click()
    act(page, "登记发放")
    choose(page, "fund", str(welfare.fund()))
    choose(page, "account", "困难职工帮扶费")
    page.locator("[name=given_on]").fill(f"{timezone.localdate()}")
    confirm(page)
    made = HardshipAid.objects.get()
    assert made.state == AidState.PAID
    assert LedgerEntry.objects.paying("aid", [made.pk]).get().amount == Decimal(8000)

    pages = [
        reverse("admin:welfare_hardshipfile_changelist"),
        reverse("admin:welfare_hardshipfile_add"),
        reverse("admin:welfare_hardshipfile_change", args=[file.pk]),
    ]
    own = [reverse("admin:welfare_disclosure_changelist"), reverse("admin:welfare_hardshipaid_change", args=[made.pk])]
    found = [*faults_of(window, pages), *faults_of(desk, own)]
    assert not found, "\n".join(found)
