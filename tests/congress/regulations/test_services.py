"""Suggestions, inspections, petitions, committees and regulations keep their promises."""

import pytest

from congress.regulations import services as regulations
from congress.regulations.enums import RegulationAct
from tests.factories.days import DAY, TODAY
from union_portal.base.errors import DomainError, Refused


def test_a_regulation_lives_from_its_adoption_to_its_repeal() -> None:
    name = "教职工代表大会制度"
    first = regulations.enact(title=f"《{name}》", act=RegulationAct.ADOPTED, on=TODAY - 300 * DAY, text="第一版")
    second = regulations.enact(title=name, act=RegulationAct.REVISED, on=TODAY - 100 * DAY, text="第二版")
    assert first.regulation == second.regulation
    assert regulations.in_force(regulation=first.regulation, on=TODAY - 200 * DAY) == first
    assert regulations.in_force(regulation=first.regulation, on=TODAY) == second
    with pytest.raises(DomainError):
        regulations.enact(title=name, act=RegulationAct.REVISED, on=TODAY - 100 * DAY)
    regulations.enact(title=name, act=RegulationAct.REPEALED, on=TODAY - 10 * DAY)
    assert regulations.in_force(regulation=first.regulation, on=TODAY) is None
    with pytest.raises(Refused):
        regulations.enact(title=name, act=RegulationAct.REVISED, on=TODAY)


pytestmark = pytest.mark.django_db
