"""整体迁入 in the browser: the archive and its key, what stopped it, going on, and what came in."""

import datetime as dt
from pathlib import Path

import pytest
from django.db import transaction
from django.urls import reverse
from playwright.sync_api import Page, expect

from members.branches.models import Branch
from members.people.models import Person
from tests.factories import members
from tests.factories.accounts import officer
from tests.journeys.browsing import DESK, Browsers, step
from tests.journeys.looking import foreign, overflow, violations
from union_portal.accounts.enums import Role
from union_portal.base.age import new_key
from union_portal.home.leaving.models import Arrival
from union_portal.home.leaving.services.archive import write_archive
from union_portal.home.leaving.tasks import take_arrival

pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("one_factor", "uploads"),
]


@pytest.fixture
def left(tmp_path: Path) -> tuple[Path, str]:
    """Another portal's archive and its key; of that portal nothing is there any more."""
    path, key = tmp_path / "整体导出.zip", new_key()
    with transaction.atomic(), path.open("wb") as out:
        home = members.branch(code="B1", name="甲分工会")
        members.member(name="独孤求败", branch=home, on=dt.date(2015, 3, 1))
        write_archive(out, recipient=key.recipient, asked="申请人：甲；确认人：乙")
        transaction.set_rollback(True)
    return path, key.secret


def sound(page: Page) -> None:
    assert (violations(page), overflow(page), foreign(page)) == ([], 0, [])


def test_an_archive_stops_at_a_list_says_why_and_goes_on(browsers: Browsers, left: tuple[Path, str]) -> None:
    in_the_way = members.branch(code="X9", name="甲分工会")
    window = browsers.window(user=officer(Role.ADMINISTRATOR), size=DESK)
    page = window.open(reverse("admin:index"))
    page.get_by_role("link", name="整体导出与迁入").first.click()
    page.get_by_role("link", name="整体迁入").first.click()
    page.locator('a[href$="/arrival/add/"]').filter(visible=True).first.click()
    sound(page)
    page.locator("[name=file]").set_input_files(left[0])
    page.locator("[name=key]").fill(left[1])
    page.locator("[name=_save]").first.click()
    expect(page.get_by_text("等待后台处理")).to_be_visible()
    arrival = Arrival.objects.get()
    take_arrival(arrival_id=arrival.pk)
    # The page that waits sees it by itself.
    expect(page.get_by_role("heading", name="分工会没有导入")).to_be_visible()
    expect(page.get_by_text("这个名称已有分工会使用")).to_be_visible()
    page.reload()
    sound(page)
    Branch.objects.filter(pk=in_the_way.pk).delete()
    page.get_by_role("link", name="接着导入").filter(visible=True).first.click()
    step(page, "接着导入")
    take_arrival(arrival_id=arrival.pk)
    page.reload()
    expect(page.get_by_role("heading", name="已全部处理")).to_be_visible()
    sound(page)
    assert Person.objects.get().name == "独孤求败"
    arrival.refresh_from_db()
    assert (arrival.key, bool(arrival.file)) == ("", False)
