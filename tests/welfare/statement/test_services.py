"""A statement shows what came, what is due and the covers."""

import datetime as dt
from decimal import Decimal

import pytest
from django.utils import timezone

from members.people import services as people
from tests.factories import rounds as welfare
from tests.factories.rounds import CASE_DAY, case
from tests.factories.states import put
from union_portal.home.member_page.portal import member_items
from welfare.cases import services as cases
from welfare.grants.enums import GrantState
from welfare.grants.models import Grant
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


def test_the_first_page_tells_of_this_year_and_of_all_that_is_due() -> None:
    today = timezone.localdate()
    last_year = dt.date(today.year - 1, 6, 1)
    came, late, due = (case(code=code) for code in ("hospital", "hospital", "hospital"))
    owner = people.link_account(person=came.person)
    of = Grant.objects.filter
    for one in (came, late, due):
        cases.approve(subject=one, actor=welfare.chair())
    of(pk__in=(came.pk, late.pk, due.pk)).update(person=came.person, granted_on=last_year)
    put(of(pk=came.pk), GrantState.RECEIVED, received_on=last_year)
    put(of(pk=late.pk), GrantState.RECEIVED, received_on=today)

    def told(years: int) -> list[tuple[str, dt.date]]:
        return sorted((item.state, item.on) for item in member_items(owner, years=years))

    this_year = [(GrantState.DUE, last_year), (GrantState.RECEIVED, today)]
    assert told(1) == sorted(this_year)
    assert told(2) == sorted([*this_year, (GrantState.RECEIVED, last_year)])


pytestmark = pytest.mark.django_db
