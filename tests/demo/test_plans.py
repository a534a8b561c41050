"""The demo's rounds meet the festivals that every portal has ready for the running year."""

import datetime as dt
from types import SimpleNamespace

import pytest

from union_portal.demo.services import rounds
from welfare.benefits.enums import Festival
from welfare.benefits.models import Occasion
from welfare.benefits.services import place_festivals

YEAR = 2026
WORLD = SimpleNamespace(anchor=YEAR, today=dt.date(YEAR, 11, 28))


@pytest.mark.django_db
def test_plans_of_the_running_year_are_for_the_festivals_that_stand_there() -> None:
    placed = {one.festival: one for one in place_festivals(years=(YEAR,))}
    planned = [plan for plan in rounds.plans_of(WORLD, YEAR) if plan.festival]  # type: ignore[arg-type]
    assert Festival.DOUBLE_NINTH in {plan.festival for plan in planned}
    assert [plan.occasion for plan in planned] == [placed[Festival(plan.festival)].code for plan in planned]
    others = {plan.name for plan in rounds.plans_of(WORLD, YEAR) if not plan.festival}  # type: ignore[arg-type]
    assert not Occasion.objects.filter(name__in=others).exists()
