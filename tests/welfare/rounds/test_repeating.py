"""Rounds that come again: months' birthdays, a monthly allowance, what is given once a year."""

import datetime as dt
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import members
from tests.factories import rounds as welfare
from union_portal.base import figures
from union_portal.base.errors import DomainError, Refused
from union_portal.base.figures import FigureRequest
from union_portal.base.periods import Period
from welfare.benefits.models import BenefitRule, Occasion
from welfare.grants.enums import RoundState
from welfare.grants.models import Grant, Round, RuleWarning
from welfare.rosters.services.selection import Selection
from welfare.rounds.services import approval, people, repeating, roster
from welfare.rounds.services.repeating import Every

pytestmark = pytest.mark.django_db


def month(number: int, year: int = 2024) -> Occasion:
    day = dt.date(year, number, 1)
    return Occasion.objects.create(code=f"m{number}", name=f"{year}年{number}月", year=year, day=day)


def test_an_allowance_is_given_to_the_same_people_month_by_month_and_never_twice() -> None:
    person, officer, chair = members.member(), welfare.officer(), welfare.chair()
    first = welfare.locked(code="disability", price="350", occasion=month(1), actor=officer)
    made = repeating.repeat(subject=first, every=Every.MONTH, times=11, actor=officer)
    assert [str(one.occasion) for one in made] == [f"2024年{number}月" for number in range(2, 13)]
    assert {one.unit_price for one in made} == {Decimal(350)}
    assert [one.cut_off_on for one in made[:2]] == [dt.date(2024, 2, 10), dt.date(2024, 3, 10)]
    with pytest.raises(Refused, match="都已建立"):
        repeating.repeat(subject=first, every=Every.MONTH, times=11, actor=officer)
    assert len(repeating.repeat(subject=first, every=Every.MONTH, times=12, actor=officer)) == 1
    for one in (first, *made):
        if one.state == RoundState.DRAFT:
            one = roster.lock(subject=one, actor=officer)  # noqa: PLW2901
        approval.approve(subject=approval.submit(subject=one, actor=officer), actor=chair)
    assert Grant.objects.filter(person=person, benefit__code="disability").count() == 12
    request = FigureRequest("rounds", ("welfare.rounds.disability",), Period.year(2024))
    told = figures.count([request])[0]
    assert (told.times, told.amount) == (12, Decimal(4200))


def test_birthdays_go_on_with_the_next_months_and_turn_with_the_year() -> None:
    officer = welfare.officer()
    born = {number: members.member(birth_date=dt.date(1980, number, 5)) for number in (11, 12, 1)}
    occasion = Occasion.objects.create(code="2024-birthday", name="2024年生日", year=2024)
    chosen = Selection(birth_months=(11,))
    first = welfare.draft(code="birthday", occasion=occasion, selection=chosen, actor=officer, name="十一月")
    december, january = repeating.repeat(subject=first, every=Every.MONTH, times=2, actor=officer)
    assert (str(december), december.occasion) == ("2024年12月生日蛋糕券", occasion)
    assert (str(january), str(january.occasion)) == ("2025年1月生日蛋糕券", "2025年生日")
    for number, one in ((12, december), (1, january)):
        assert roster.lock(subject=one, actor=officer).grants.get().person == born[number]


def test_what_is_given_once_a_year_comes_with_the_year_and_a_second_time_is_objected_to() -> None:
    members.member()
    officer = welfare.officer()
    occasion = Occasion.objects.create(code="v2024", name="2024年工会消费券", year=2024)
    first = welfare.locked(code="voucher", price="300", occasion=occasion, actor=officer)
    approval.approve(subject=approval.submit(subject=first, actor=officer), actor=welfare.chair())
    (after,) = repeating.repeat(subject=first, every=Every.YEAR, times=1, actor=officer)
    assert (str(after.occasion), after.cut_off_on) == ("2025年工会消费券", dt.date(2025, 1, 10))
    again = welfare.locked(code="voucher", price="300", actor=officer)
    with pytest.raises(DomainError):
        approval.submit(subject=again, actor=officer)
    assert RuleWarning.objects.get(round=again).code == "too_often"
    assert BenefitRule.objects.get(benefit__code="voucher", example=False).times == 1


def test_a_festival_of_next_year_is_the_one_that_stands_there() -> None:
    officer = welfare.officer()
    old, new = (
        Occasion.objects.get_or_create(
            code=f"{year}-teachers", defaults={"name": f"{year}年教师节", "year": year, "festival": "teachers"}
        )[0]
        for year in (2024, 2025)
    )
    first = welfare.draft(code="teachers", occasion=old, actor=officer)
    assert repeating.repeat(subject=first, every=Every.YEAR, times=1, actor=officer)[0].occasion == new


def test_a_supplement_is_not_repeated_and_the_desk_says_what_was_begun(client: Client) -> None:
    members.member()
    officer = welfare.officer()
    client.force_login(officer)
    first = welfare.approved(code="disability", occasion=month(1), actor=officer)
    address = reverse("admin:welfare_round_repeat", args=[first.pk])
    answer = client.post(address, {"every": "month", "times": 2}, follow=True).content.decode()
    assert "已建立 2 个草稿：2024年2月伤残保健金、2024年3月伤残保健金。" in answer
    assert "都已建立" in client.post(address, {"every": "month", "times": 2}).content.decode()
    assert Round.objects.count() == 3
    extra = Round.objects.get(name="2024年2月伤残保健金")
    Round.objects.filter(pk=extra.pk).update(parent=first)
    with pytest.raises(Refused, match="补发批次"):
        repeating.repeat(subject=extra, every=Every.MONTH, times=1, actor=officer)
    people.set_price(subject=Round.objects.get(name="2024年3月伤残保健金"), unit_price=Decimal(5), actor=officer)
