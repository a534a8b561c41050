import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone

from tests.factories.accounts import account, officer
from union_portal.accounts.enums import Role
from union_portal.accounts.models import User
from union_portal.base.portal import CONTRIBUTIONS, Contribution, DeskFigure, DeskItem, MemberItem, Standing

pytestmark = pytest.mark.django_db


def item(
    title: str, on: dt.date, *, amount: str | None = None, until: dt.date | None = None, due: bool = False
) -> MemberItem:
    standing = Standing.DUE if until or due else Standing.CAME
    value = Decimal(amount) if amount else None
    return MemberItem(
        title=title, state="x", state_label="状态", on=on, form="实物", amount=value, until=until, standing=standing
    )


@pytest.fixture
def contribution() -> Iterator[None]:
    """Let one app contribute known lines, and no other app any."""
    kept = dict(CONTRIBUTIONS)
    today = timezone.localdate()
    lines = [
        item("春节慰问品", today, amount="500.00"),
        item("中秋慰问品", today - dt.timedelta(days=800), amount="300.00"),
        item("待领蛋糕券", today, amount="200.00", until=today + dt.timedelta(days=12)),
        item("待领图书卡", today, amount="50.00", due=True),
    ]
    cards = [DeskFigure(label="春节慰问", value=517, unit="人", previous=500, address="/x/") for _card in range(8)]
    waits = [
        DeskItem(title="较晚的事", detail="", address="/later/", due_on=today + dt.timedelta(days=30)),
        DeskItem(title="较早的事", detail="", address="/sooner/", due_on=today + dt.timedelta(days=3)),
    ]
    CONTRIBUTIONS.clear()
    CONTRIBUTIONS["x"] = Contribution(
        app="x",
        desk_items=lambda user: waits if user.has_role(Role.WELFARE) else [],
        desk_figures=lambda _user, _year: cards,
        member_items=lambda user: lines if user.name == "本人" else [],
        member_facts=lambda _user: [("手机", "138****0000")],
    )
    yield
    CONTRIBUTIONS.clear()
    CONTRIBUTIONS.update(kept)


def page(client: Client, user: User, address: str) -> str:
    client.force_login(user)
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.usefixtures("contribution")
class TestMember:
    def test_the_first_screen_tells_what_came_and_what_is_due_until_when(self, client: Client) -> None:
        shown = page(client, account(name="本人"), "/")
        assert "春节慰问品" in shown
        assert shown.index("待领蛋糕券") < shown.index("待领图书卡") < shown.index("春节慰问品")
        assert "12" in shown
        assert "中秋慰问品" not in shown
        assert "500.00" in shown
        assert "700.00" not in shown

    def test_nobody_sees_another_members_lines(self, client: Client) -> None:
        for address in ("/", "/benefits/", "/me/"):
            assert "春节慰问品" not in page(client, account(name="别人"), address)

    def test_earlier_years_are_one_click_away(self, client: Client) -> None:
        year = timezone.localdate().year
        past = (timezone.localdate() - dt.timedelta(days=800)).year
        user = account(name="本人")
        assert f"?year={past}" in page(client, user, "/benefits/")
        assert "中秋慰问品" in page(client, user, f"/benefits/?year={past}")
        assert "中秋慰问品" not in page(client, user, f"/benefits/?year={year}")
        assert "春节慰问品" in page(client, user, "/benefits/?year=nonsense")

    def test_own_data_are_masked(self, client: Client) -> None:
        assert "138****0000" in page(client, account(), "/me/")

    def test_only_staff_see_the_way_to_the_desk(self, client: Client) -> None:
        assert 'href="/admin/"' not in page(client, account(), "/")
        assert 'href="/admin/"' in page(client, officer(Role.WELFARE), "/")

    def test_staff_read_their_own_page_before_the_second_factor(self, client: Client) -> None:
        page(client, officer(Role.WELFARE, second_factor=False), "/")

    def test_only_places_that_exist_are_at_the_thumb(self, client: Client) -> None:
        assert page(client, account(), "/").count("up-thumb__place") == 3


@pytest.mark.usefixtures("contribution")
class TestDesk:
    def test_the_desk_shows_what_is_due_the_earliest_first(self, client: Client) -> None:
        shown = page(client, officer(Role.WELFARE), "/admin/")
        assert shown.index("较早的事") < shown.index("较晚的事")

    def test_the_desk_shows_at_most_six_cards_with_their_change(self, client: Client) -> None:
        shown = page(client, officer(Role.WELFARE), "/admin/")
        assert shown.count('class="up-figure"') == 6
        assert "517" in shown
        assert "▲" in shown

    def test_the_desk_shows_each_only_the_own_work(self, client: Client) -> None:
        shown = page(client, officer(Role.ACTIVITIES), "/admin/")
        assert "较早的事" not in shown
        assert "/admin/accounts/accessentry/" not in shown
        assert "/admin/accounts/accessentry/" in page(client, officer(Role.ADMINISTRATOR), "/admin/")

    def test_members_have_no_desk(self, client: Client) -> None:
        client.force_login(account())
        assert client.get("/admin/", follow=True).status_code == 403


def test_the_pulse_is_open(client: Client) -> None:
    assert client.get("/health/").content == b"ok"
