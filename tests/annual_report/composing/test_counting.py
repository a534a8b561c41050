"""Figures are counted from records, each over its own period, each person once, whatever there is of summaries."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from members.branches.models import Term
from members.memberships.models import Membership
from members.memberships.services.steps import admit
from tests.annual_report.composing.records import YEAR, benefit, grant, occasion, one, summary
from tests.congress.proposal_reports.past_years import held
from tests.factories import bodies
from tests.factories.accounts import officer
from tests.factories.members import branch, member, person
from tests.factories.states import put
from union_portal.accounts.enums import Role
from union_portal.annual_report.composing.services.composing import compose
from union_portal.annual_report.outlines.models import Outline, OutlineLine
from union_portal.base import figures
from union_portal.base.figures import FigureRequest
from union_portal.base.periods import Period, Span
from welfare.benefits.enums import Category, Festival
from welfare.benefits.models import Occasion
from welfare.grants.enums import GrantState
from welfare.grants.models import Grant


def test_each_festival_has_its_own_number_and_its_own_denominator() -> None:
    people = [member(on=dt.date(2020, 1, 1)) for _ in range(3)]
    late = member(on=dt.date(2022, 6, 1))
    goods = benefit(Category.FESTIVAL)
    spring = occasion("2022年春节", Festival.SPRING)
    autumn = occasion("2022年中秋", Festival.MID_AUTUMN)
    for one_person in people:
        grant(one_person, goods, dt.date(2022, 1, 20), occasion=spring, amount=Decimal("500.00"))
    for one_person in [*people, late]:
        grant(one_person, goods, dt.date(2022, 9, 5), occasion=autumn, amount=Decimal("300.00"))

    first, second = one("welfare.festival.spring"), one("welfare.festival.mid_autumn")

    assert (first.heads, first.amount, first.unit_price, first.denominator) == (3, Decimal(1500), Decimal(500), 3)
    assert (second.heads, second.amount, second.denominator) == (4, Decimal(1200), 4)
    assert "2022-01-20" in first.basis
    both = one("welfare.festival")
    assert (both.heads, both.times, both.amount) == (4, 7, Decimal(2700))
    held = one("welfare.festivals_held")
    assert (held.times, held.heads, held.numerator, held.denominator) == (2, None, 4, 4)


def test_goods_for_new_year_handed_out_the_day_before_are_asked_for_by_either_day() -> None:
    people = [member(on=dt.date(2020, 1, 1)) for _ in range(2)]
    new_year = Occasion.objects.create(
        code="2029", name="2029年元旦", year=2029, festival=Festival.NEW_YEAR, day=dt.date(2029, 1, 1)
    )
    for one_person in people:
        on = dt.date(2028, 12, 31)
        grant(one_person, benefit(Category.FESTIVAL), on, occasion=new_year, amount=Decimal("200.00"))
    for kind in ("welfare.festival.new_year", "welfare.festival", "welfare.benefits", "welfare.benefit.test-festival"):
        handed_out = [one(kind, period=Period.year(year)) for year in (2028, 2029)]
        of_year = [one(f"{kind}.of_year", period=Period.year(year)) for year in (2028, 2029)]
        assert [figure.heads for figure in handed_out] == [2, 0], kind
        assert [figure.heads for figure in of_year] == [0, 2], kind
        assert (of_year[1].amount, of_year[1].denominator) == (Decimal(400), 2)
    assert "按发放日期计（2028-12-31）" in handed_out[0].basis
    assert "按节日与活动所属年度计（2029-01-01）" in of_year[1].basis
    held = one("welfare.festivals_held.of_year", period=Period.year(2029))
    # One price for all is each person's, not the festival's: a report would doubt 200 yuan × 1 = 400.
    assert (held.times, held.amount, held.unit_price) == (1, Decimal(400), None)


def test_a_total_without_a_roster_is_the_same_by_either_day() -> None:
    goods, spring = benefit(Category.FESTIVAL), occasion("2022年春节", Festival.SPRING)
    grant(member(), goods, dt.date(2022, 1, 20), occasion=spring)
    summary("welfare.festival.spring", start=dt.date(2022, 1, 1), end=dt.date(2022, 3, 31), heads=517)
    for kind in ("welfare.festival.spring", "welfare.festival.spring.of_year", "welfare.festival.of_year"):
        figure = one(kind)
        assert (figure.heads, figure.summary) == (517, True), kind


def test_kinds_taken_together_count_each_person_once() -> None:
    somebody = member()
    grant(somebody, benefit(Category.WEDDING), dt.date(2022, 3, 1), amount=Decimal("600.00"))
    grant(somebody, benefit(Category.BIRTH), dt.date(2022, 11, 1), amount=Decimal("1000.00"))

    figure = one("welfare.wedding", "welfare.birth")

    assert (figure.heads, figure.times, figure.amount) == (1, 2, Decimal(1600))


def test_a_figure_stands_beside_the_one_a_period_earlier() -> None:
    somebody = member()
    goods = benefit(Category.BIRTHDAY)
    grant(somebody, goods, dt.date(2021, 5, 1))
    grant(somebody, goods, dt.date(2022, 5, 1))
    grant(member(), goods, dt.date(2022, 5, 2))

    figure = one("welfare.birthday")

    assert figure.heads == 2
    assert figure.previous is not None
    assert (figure.previous.heads, figure.previous.period) == (1, Period.year(2021))


def test_what_is_due_or_returned_is_not_counted_as_given() -> None:
    goods = benefit(Category.SUMMER)
    given = grant(member(), goods, dt.date(2022, 7, 1))
    grant(member(), goods, dt.date(2022, 7, 1))
    put(Grant.objects.exclude(pk=given.pk), GrantState.RETURNED)

    assert one("welfare.summer").heads == 1


def test_memberships_count_by_the_day_they_began_or_ended() -> None:
    branch_one = branch()
    member(on=dt.date(2021, 12, 31))
    member(on=dt.date(2022, 1, 1))
    newcomer = person()
    admit(person=newcomer, on=dt.date(2022, 12, 31), branch=branch_one)
    Membership.objects.filter(person=newcomer).update(began_by="transferred_in")

    assert one("members.new").heads == 2
    assert (one("members.joined").heads, one("members.transferred_in").heads) == (1, 1)
    total = one("members.total")
    assert (total.heads, total.as_of, total.period) == (3, dt.date(2022, 12, 31), None)
    assert total.previous is not None
    assert total.previous.heads == 1


def test_elections_count_branches_not_people() -> None:
    Term.objects.create(branch=branch(), number=3, began_on=dt.date(2022, 4, 1), ends_on=dt.date(2027, 3, 31))

    figure = one("members.elections")

    assert (figure.times, figure.heads) == (1, None)


def test_a_summary_counts_only_when_it_lies_wholly_inside_the_period() -> None:
    summary("welfare.wedding", start=dt.date(2022, 1, 1), end=dt.date(2022, 6, 30), heads=5, heads_word="about")
    summary("welfare.wedding", start=dt.date(2022, 10, 1), end=dt.date(2023, 3, 31), heads=90, label="跨年度")

    figure = one("welfare.wedding")

    assert (figure.heads, figure.approximate, figure.summary) == (5, True, True)
    assert len(figure.left_out) == 1
    assert "跨年度" in figure.left_out[0]


def test_details_inside_a_summary_are_contained_in_it_measure_by_measure() -> None:
    goods = benefit(Category.WEDDING)
    grant(member(), goods, dt.date(2022, 2, 1), amount=Decimal("600.00"))
    grant(member(), goods, dt.date(2022, 8, 1), amount=Decimal("600.00"))
    summary("welfare.wedding", start=dt.date(2022, 1, 1), end=dt.date(2022, 6, 30), heads=5)

    figure = one("welfare.wedding")

    assert figure.heads == 6
    assert figure.amount == Decimal(1200)


def test_a_summary_of_a_set_of_kinds_counts_where_all_of_them_are_asked() -> None:
    kinds = ("welfare.wedding", "welfare.birth", "welfare.retirement", "welfare.death")
    summary(*kinds, start=dt.date(2022, 1, 1), end=dt.date(2022, 12, 31), heads=325, amount=Decimal("260500.00"))

    together, alone = one(*kinds), one("welfare.wedding")

    assert (together.heads, together.amount) == (325, Decimal(260500))
    assert alone.heads == 0
    assert "与其他类别合计，未计入" in alone.left_out[0]


def test_a_line_is_counted_over_its_own_days_and_the_title_keeps_the_report_s() -> None:
    outline = Outline.objects.get(code="summary")
    lines = OutlineLine.objects.filter(chapter__outline=outline)
    lines.filter(key="welfare.summer").update(span=Span.STATISTICS_YEAR)
    lines.filter(key="welfare.wedding").update(span=Span.OWN, ends_on=dt.date(2023, 1, 3))
    lines.filter(key="congress.inspections").update(span=Span.TERM)
    held("第三届教代会第一次会议", dt.date(2021, 4, 9), bodies.congress(number=3, began_on=dt.date(2021, 4, 1)))
    for category, day in ((Category.SUMMER, dt.date(2021, 10, 2)), (Category.WEDDING, dt.date(2023, 1, 3))):
        grant(member(), benefit(category), day)
    draft = compose(outline, YEAR)
    told = {figure.key: figure for figure in draft.figures}
    assert [told[f"welfare.{key}"].heads for key in ("summer", "wedding")] == [1, 1]
    assert told["congress.inspections"].period == Period(dt.date(2021, 4, 9), YEAR.end)
    assert "2022年" in draft.title


def test_what_did_not_happen_is_a_figure_with_a_reason() -> None:
    summary("welfare.recuperation", start=YEAR.start, end=YEAR.end, not_held_reason="因疫情未组织")

    figure = one("welfare.recuperation")

    assert (figure.heads, figure.reason, figure.empty) == (0, "因疫情未组织", False)


@pytest.mark.parametrize("kinds", [1, 12])
def test_the_number_of_queries_does_not_grow(kinds: int, django_assert_num_queries: Any) -> None:
    goods = benefit(Category.FESTIVAL)
    for _ in range(kinds):
        grant(member(), goods, dt.date(2022, 1, 20))
    requests = [
        FigureRequest(f"{number}", (kind,), YEAR)
        for number in range(kinds)
        for kind in (
            ["welfare.festival", "members.total", "members.new"] if number == 0 else [list(figures.kinds())[number]]
        )
    ]
    requests = [FigureRequest(f"{index}", request.kinds, YEAR) for index, request in enumerate(requests)]
    with django_assert_num_queries(17):
        figures.count(requests)


def test_every_line_of_the_report_and_every_kind_cost_as_much() -> None:
    lines = OutlineLine.objects.filter(chapter__outline__code="summary")
    report = [FigureRequest(line.key, tuple(line.kinds), YEAR, line.label) for line in lines]
    counts = []
    for requests in (report, [FigureRequest(kind, (kind,), YEAR) for kind in figures.kinds()]):
        with CaptureQueriesContext(connection) as captured:
            figures.count(requests)
        counts.append(len(captured))
    # Members, staff and retirees of a day are records of their own, and so are benefits by the year of their occasion
    # and by who received them, and covers by their year; kinds of visits and of services are read from their tables.
    assert counts[0] <= 27, counts
    assert counts[1] <= 33, counts


def test_any_number_of_questions_about_one_period_is_answered() -> None:
    goods = benefit(Category.FESTIVAL)
    for somebody in (member(), member()):
        grant(somebody, goods, dt.date(2022, 1, 20))
    requests = [FigureRequest(f"{number}", ("welfare.festival",), YEAR) for number in range(130)]

    assert {(figure.heads, figure.times) for figure in figures.count(requests)} == {(2, 2)}


def test_the_rows_behind_a_figure_are_those_it_counted() -> None:
    goods = benefit(Category.FESTIVAL)
    spring = occasion("2022年春节", Festival.SPRING)
    somebody = member()
    grant(somebody, goods, dt.date(2022, 1, 20), occasion=spring)
    grant(somebody, goods, dt.date(2022, 9, 5), occasion=occasion("2022年中秋", Festival.MID_AUTUMN))

    request = FigureRequest("x", ("welfare.festival.spring",), YEAR)
    rows = figures.rows(request, officer(Role.WELFARE))

    assert [record[0] for record in rows.records] == [somebody.staff_number]
    with pytest.raises(PermissionDenied):
        figures.rows(request, officer(Role.CONGRESS))


pytestmark = pytest.mark.django_db
