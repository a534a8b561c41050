"""Let one invented app contribute known lines, and no other app any."""

import datetime as dt
from collections.abc import Iterator

import pytest
from django.utils import timezone

from tests.home.contributions import item
from union_portal.accounts.enums import Role
from union_portal.base.portal import CONTRIBUTIONS, Contribution, DeskFigure, DeskItem


@pytest.fixture
def contribution() -> Iterator[None]:
    """Let one app contribute known lines, and no other app any."""
    kept = list(CONTRIBUTIONS)
    today = timezone.localdate()
    lines = [
        item("春节慰问品", today, amount="500.00"),
        item("诉求已有答复", today, form=""),
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
    part = Contribution(
        desk_items=lambda user: waits if user.has_role(Role.WELFARE) else [],
        desk_figures=lambda _user, _year: cards,
        member_items=lambda user: lines if user.name == "本人" else [],
        member_facts=lambda _user: [("手机", "138****0000")],
    )
    CONTRIBUTIONS.append(part)
    yield
    CONTRIBUTIONS.clear()
    CONTRIBUTIONS.extend(kept)


pytestmark = pytest.mark.django_db
