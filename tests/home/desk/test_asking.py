"""What a page of the desk costs before its own work begins."""

from collections import Counter
from typing import Any

import pytest
from django.test import Client

from tests.factories import members
from union_portal.accounts.enums import Role
from union_portal.accounts.models import User

pytestmark = pytest.mark.django_db


def test_a_page_asks_the_rules_once(client: Client, one_factor: None, monkeypatch: Any) -> None:
    client.force_login(members.account_with_role(Role.CHAIR))
    asked: Counter[str] = Counter()
    has_perm = User.has_perm

    def counted(self: User, perm: str, obj: Any = None) -> bool:
        asked[perm] += obj is None
        return has_perm(self, perm, obj)

    monkeypatch.setattr(User, "has_perm", counted)
    assert client.get("/admin/congress/inspection/").status_code == 200
    assert asked["congress.view_session"] == 1
    assert {perm: times for perm, times in asked.items() if ".view_" in perm and times > 2} == {}
