"""A form that makes something does so once, however often it is sent."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.database import at_once
from tests.factories.accounts import officer
from tests.sample.models import Loan, Notice
from tests.sample.rows import LOANS, NOTICES, lent
from union_portal.accounts.enums import Role

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.sample.urls")]


def key_of(page: str) -> str:
    found = re.search(r'name="sent_key" value="(\w+)"', page)
    assert found
    return found[1]


def test_a_form_sent_again_shows_the_row_it_made(desk: Client) -> None:
    address = reverse(f"{NOTICES}_add")
    given = {
        "title": "换届公告",
        "kind": "news",
        "posted_on": "2024-03-01",
        "sent_key": key_of(desk.get(address).content.decode()),
    }
    desk.post(address, given)
    again = desk.post(address, given)
    assert again["Location"] == reverse(f"{NOTICES}_change", args=[Notice.objects.get().pk])
    assert "没有重复办理" in desk.get(again["Location"]).content.decode()
    desk.post(address, {**given, "title": "另一则"})
    assert Notice.objects.count() == 2


def test_a_refused_form_may_be_sent_again_unchanged(desk: Client) -> None:
    loan = lent("帐篷")
    address = reverse(f"{LOANS}_add")
    given = {"item": "帐篷", "lent_on": "2024-03-01", "due_on": "", "sent_key": "1" * 32}
    assert desk.post(address, given).status_code == 200
    Loan.objects.filter(pk=loan.pk).update(item="旧帐篷")
    assert desk.post(address, given).status_code == 302


def clicked_twice(address: str, given: dict[str, Any]) -> list[Any]:
    """Open the form once and send it twice at the same moment, from one session."""
    first = Client()
    first.force_login(officer(Role.ACTIVITIES))
    sent = {**given, "sent_key": key_of(first.get(address).content.decode())}

    def click() -> Any:
        client = Client()
        client.cookies = first.cookies
        return client.post(address, sent)

    return at_once(click, click)


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_make_one_row() -> None:
    given = {"title": "换届公告", "kind": "news", "posted_on": "2024-03-01"}
    answers = clicked_twice(reverse(f"{NOTICES}_add"), given)
    assert [answer.status_code for answer in answers] == [302, 302]
    assert Notice.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_clicks_on_a_step_take_it_once() -> None:
    loan = lent()
    answers = clicked_twice(reverse(f"{LOANS}_step_lose", args=[loan.pk]), {"why": "找不到", "version": 1})
    assert {answer["Location"] for answer in answers} == {reverse(f"{LOANS}_change", args=[loan.pk])}
    assert loan.moves.filter(action="lose").count() == 1
