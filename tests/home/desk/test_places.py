"""The sidebar: every list and page has its place, a role sees the groups it works in, the rest is folded away."""

from collections import Counter
from typing import Any

import pytest
from django.contrib import admin
from django.test import Client, RequestFactory

from tests.factories import rounds
from tests.factories.accounts import officer
from tests.home.contributions import page
from union_portal.accounts.enums import Role
from union_portal.base.portal import CONTRIBUTIONS
from union_portal.home.desk.enums import GROUPS, PLACES, TODAY, WORKS_IN
from union_portal.home.desk.portal import creates, sidebar
from union_portal.home.desk.portal.places import OpenGroup, address, groups

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_factor")]
KEYS = {group.key for group in GROUPS}


def opened(role: Role) -> tuple[Any, list[OpenGroup]]:
    request = RequestFactory().get("/admin/")
    request.user = officer(role)
    return request, groups(request)


def test_every_list_stands_in_exactly_one_place() -> None:
    placed = Counter(label for place in PLACES for label in {tab.model for tab in place.tabs})
    assert set(placed) == {model._meta.label_lower for model in admin.site._registry}
    assert set(placed.values()) == {1}
    assert {place.group for place in PLACES} <= KEYS
    assert len({place.key for place in PLACES}) == len(PLACES)


def test_every_page_that_a_room_adds_has_a_group_and_an_address() -> None:
    keys = {place.key: place.group for place in PLACES}
    for part in CONTRIBUTIONS:
        for place in (*part.places, *part.creates):
            assert place.job in KEYS, place
            assert address(place.name), place
            assert not place.beside or keys[place.beside] == place.job, place


def test_there_are_at_most_eight_groups_of_two_to_seven_places() -> None:
    assert len(GROUPS) <= 8
    request = RequestFactory().get("/admin/")
    request.user = officer(*Role)
    for group in groups(request):
        assert 2 <= len(group.places) <= 7, group.key
        assert all(place.tabs for place in group.places)


def test_every_role_has_its_groups_and_nothing_that_is_empty() -> None:
    assert set(WORKS_IN) == set(Role)
    for role in Role:
        _request, found = opened(role)
        assert all(group.places for group in found)
        assert {group.key for group in found if group.own} <= {TODAY, *WORKS_IN[role]}
        assert [group.own for group in found] == sorted((group.own for group in found), reverse=True)


def test_what_a_role_does_not_work_in_is_folded_away_and_what_it_may_not_open_is_nowhere(client: Client) -> None:
    request, found = opened(Role.WELFARE)
    shown = sidebar(request)
    assert {"members", "welfare"} <= {group.key for group in shown["own"]}
    assert {"congress", "money"} <= {group.key for group in shown["others"]}
    assert not any("accessentry" in tab.path for group in found for place in group.places for tab in place.tabs)
    text = page(client, request.user, "/admin/")
    assert text.index("查看其他") < text.index("/admin/congress/session/")
    administrator = page(client, officer(Role.ADMINISTRATOR), "/admin/")
    assert "/admin/accounts/accessentry/" in administrator
    assert "/admin/welfare/round/" not in administrator
    assert "送温暖" not in administrator


def test_a_list_shows_the_tabs_of_its_place_and_marks_where_it_is(client: Client) -> None:
    text = page(client, officer(Role.ORGANISATION), "/admin/members/term/")
    tabs = text[text.index('class="up-tabs"') :].partition("</nav>")[0]
    assert all(f"/admin/members/{name}/" in tabs for name in ("branch", "term", "office"))
    assert tabs.count("aria-current") == 1
    assert '<h1 class="up-trail__here" title="分工会与班子">' in text
    people = page(client, officer(Role.ORGANISATION), "/admin/members/person/?kind=retiree")
    assert '?kind=retiree" aria-current="page">离退休' in people


def test_the_way_to_a_page_names_it_once(client: Client) -> None:
    grant = rounds.case()
    own = page(client, officer(Role.WELFARE), f"/admin/welfare/grant/{grant.pk}/change/")
    way = own[own.index('class="up-trail"') :].partition("</nav>")[0]
    assert way.count(grant.person.name) == 2  # the heading and its title


def test_what_may_be_begun_follows_what_one_may() -> None:
    for role in Role:
        user = officer(role)
        names = {one["link"] for one in creates(user)}
        assert ("/admin/welfare/round/add/" in names) is user.has_perm("welfare.add_round")
        assert ("/admin/congress/proposal/add/" in names) is user.has_perm("congress.add_proposal")
