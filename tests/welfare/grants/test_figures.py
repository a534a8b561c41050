"""The year's figures on the desk: kept while nothing moves, counted anew when something has."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import rounds as welfare
from welfare.cases import services as cases
from welfare.grants.portal import desk_figures

pytestmark = pytest.mark.django_db


def test_the_figures_are_counted_once_until_a_grant_moves() -> None:
    user, year = welfare.officer(), welfare.CASE_DAY.year
    grant = welfare.case()
    assert [card.value for card in desk_figures(user, year)] == [0, 0, Decimal("0.00")]
    with CaptureQueriesContext(connection) as asked:
        list(desk_figures(user, year))
    assert not any("COUNT(" in one["sql"] or "SUM(" in one["sql"] for one in asked)
    cases.approve(subject=grant, actor=welfare.chair())
    cases.pay(subject=grant, fund=welfare.fund(), on=welfare.CASE_DAY, actor=welfare.treasurer())
    assert [card.value for card in desk_figures(user, year)] == [1, 1, Decimal("1000.00")]
