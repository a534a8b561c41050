"""A statement shows what came, what is due and the covers."""

from decimal import Decimal

import pytest

from members.people import services as people
from tests.factories import rounds as welfare
from tests.factories.rounds import CASE_DAY, case
from union_portal.home.member_page.portal import member_items
from welfare.cases import services as cases
from welfare.mutual_aid.models import MutualAidPlan
from welfare.mutual_aid.services import covers
from welfare.statement.services.lines import statement


def test_a_statement_shows_what_came_what_is_due_and_the_covers() -> None:
    grant = case()
    cases.approve(subject=grant, actor=welfare.chair())
    plan = MutualAidPlan.objects.get(code="critical_illness")
    lines = [(grant.person.staff_number or "", grant.person.name)]
    covers.enrol(plan=plan, lines=lines, starts_on=CASE_DAY, paid_on=CASE_DAY, source="清单", premium=Decimal(95))
    told = statement(person=grant.person, on=CASE_DAY)
    assert [grant.benefit.grave for grant in told.due] == [True]
    assert told.received == ()
    assert told.covers[0].standing == "保障中"
    items = member_items(people.link_account(person=grant.person))
    assert any(item.title.endswith("住院慰问") for item in items)


pytestmark = pytest.mark.django_db
