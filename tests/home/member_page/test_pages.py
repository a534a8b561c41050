"""The member's page: what came, what is due, until when."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from tests.factories.accounts import account, officer
from tests.home.contributions import page
from union_portal.accounts.enums import Role


@pytest.mark.usefixtures("contribution")
class TestMember:
    def test_the_first_screen_tells_what_came_and_what_is_due_until_when(self, client: Client) -> None:
        shown = page(client, account(name="本人"), "/")
        assert "春节慰问品" in shown
        assert shown.index("待领蛋糕券") < shown.index("待领图书卡") < shown.index("春节慰问品")
        assert "12" in shown
        assert "诉求已有答复" in shown
        assert "今年已享受</dt><dd>1<" in shown
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

    def test_what_is_no_benefit_is_neither_counted_nor_listed_among_benefits(self, client: Client) -> None:
        shown = page(client, account(name="本人"), "/benefits/")
        assert "年福利 3 项" in shown
        assert "春节慰问品" in shown.split("同年的其他记录")[0]
        assert "诉求已有答复" in shown.split("同年的其他记录")[1]

    def test_own_data_are_masked(self, client: Client) -> None:
        assert "138****0000" in page(client, account(), "/me/")

    def test_only_staff_see_the_way_to_the_desk(self, client: Client) -> None:
        assert 'href="/admin/"' not in page(client, account(), "/")
        assert 'href="/admin/"' in page(client, officer(Role.WELFARE), "/")

    def test_staff_read_their_own_page_before_the_second_factor(self, client: Client) -> None:
        page(client, officer(Role.WELFARE, second_factor=False), "/")

    def test_only_places_that_exist_are_at_the_thumb(self, client: Client) -> None:
        assert page(client, account(), "/").count("up-thumb__place") == 3


pytestmark = pytest.mark.django_db
