"""A form that makes something does so once, however often it is sent."""

import datetime as dt
import re
import threading
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from tests.factories.accounts import account, officer
from tests.sample.models import Loan, Notice
from union_portal.accounts.enums import Role
from union_portal.base.steps import record

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.sample.urls")]
DAY = dt.date(2024, 3, 1)
LOANS = "admin:sample_loan"
NOTICES = "admin:sample_notice"


@pytest.fixture
def desk(client: Client) -> Client:
    client.force_login(officer(Role.ACTIVITIES))
    return client


def lent(item: str = "投影仪", **fields: Any) -> Any:
    return record(Loan(item=item, lent_on=DAY, **fields), actor=account())


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


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_make_one_row() -> None:
    user, gate, answers = officer(Role.ACTIVITIES), threading.Barrier(2), []
    first = Client()
    first.force_login(user)
    address = reverse(f"{NOTICES}_add")
    given = {
        "title": "换届公告",
        "kind": "news",
        "posted_on": "2024-03-01",
        "sent_key": key_of(first.get(address).content.decode()),
    }
    cookies = first.cookies

    def click() -> None:
        client = Client()
        client.cookies = cookies
        gate.wait()
        answers.append(client.post(address, given))
        connection.close()

    threads = [threading.Thread(target=click) for _each in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [answer.status_code for answer in answers] == [302, 302]
    assert Notice.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_clicks_on_a_step_take_it_once() -> None:
    loan = lent()
    user, gate, answers = officer(Role.ACTIVITIES), threading.Barrier(2), []
    first = Client()
    first.force_login(user)
    address = reverse(f"{LOANS}_step_lose", args=[loan.pk])
    given = {"why": "找不到", "version": 1, "sent_key": key_of(first.get(address).content.decode())}

    def click() -> None:
        client = Client()
        client.cookies = first.cookies
        gate.wait()
        answers.append(client.post(address, given))
        connection.close()

    threads = [threading.Thread(target=click) for _each in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {answer["Location"] for answer in answers} == {reverse(f"{LOANS}_change", args=[loan.pk])}
    assert loan.moves.filter(action="lose").count() == 1
