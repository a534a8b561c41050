"""A form that makes something does so once, however often it is sent."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from tests.sample.models import Loan, Notice
from tests.sample.rows import LOANS, NOTICES, lent

pytestmark = [pytest.mark.attack, pytest.mark.django_db, pytest.mark.urls("tests.sample.urls")]


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
