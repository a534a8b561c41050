"""The year's figures on the desk: kept while nothing moves, counted anew when something has."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.factories import rounds as welfare
from union_portal.base.portal import so_far
from welfare.cases import services as cases
from welfare.grants import portal
from welfare.grants.portal import desk_figures

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("today", "year", "last"),
    [
        ((2026, 11, 28), 2025, (2025, 11, 28)),
        ((2028, 2, 29), 2027, (2027, 2, 28)),
        ((2028, 2, 29), 2028, (2028, 2, 29)),
    ],
)
def test_a_year_is_compared_as_far_as_this_one_has_come(
    monkeypatch: pytest.MonkeyPatch, today: tuple[int, int, int], year: int, last: tuple[int, int, int]
) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda: dt.date(*today))
    assert so_far(year) == (dt.date(year, 1, 1), dt.date(*last))


def test_the_figures_are_counted_once_until_a_grant_moves(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(portal, "so_far", lambda year: (dt.date(year, 1, 1), dt.date(year, 12, 31)))
    user, year = welfare.officer(), welfare.CASE_DAY.year
    grant = welfare.case()
    assert [card.value for card in desk_figures(user, year)] == [0, 0, Decimal("0.00")]
    with CaptureQueriesContext(connection) as asked:
        list(desk_figures(user, year))
    assert not any("COUNT(" in one["sql"] or "SUM(" in one["sql"] for one in asked)
    cases.approve(subject=grant, actor=welfare.chair())
    cases.pay(subject=grant, fund=welfare.fund(), on=welfare.CASE_DAY, actor=welfare.treasurer())
    assert [card.value for card in desk_figures(user, year)] == [1, 1, Decimal("1000.00")]
