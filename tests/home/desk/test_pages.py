"""The staff desk: what waits, figures and places."""

import pytest
from django.test import Client

from tests.factories.accounts import account, officer
from tests.home.contributions import page
from union_portal.accounts.enums import Role


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


pytestmark = pytest.mark.django_db
