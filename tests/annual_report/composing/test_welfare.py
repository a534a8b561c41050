"""What was given, spent and covered, against whom it was due to, alone and taken together."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from tests.annual_report.composing.records import YEAR, benefit, cover, grant, occasion, one, summary
from tests.factories import rounds
from tests.factories.accounts import officer
from tests.factories.members import branch, member, person
from union_portal.accounts.enums import Role
from union_portal.annual_report.composing.services.composing import compose
from union_portal.annual_report.outlines.models import Outline, OutlineLine
from union_portal.annual_report.outlines.services.starting import ensure_outlines
from union_portal.base import figures
from union_portal.base.figures import FigureRequest
from union_portal.base.periods import Period
from welfare.benefits.enums import Category, Festival
from welfare.benefits.models import Benefit, BenefitRule
from welfare.mutual_aid.models import Cover, MutualAidPlan
from welfare.rounds.services import handing_out


def test_goods_without_a_price_have_no_amount_rather_than_none_at_all() -> None:
    goods = benefit(Category.BIRTHDAY)
    grant(member(), goods, dt.date(2022, 5, 1))
    assert one("welfare.birthday").amount is None
    grant(member(), goods, dt.date(2022, 5, 2), amount=Decimal("80.00"))

    figure = one("welfare.birthday")

    assert (figure.times, figure.amount, figure.unit_price) == (2, Decimal(80), None)
    assert figure.basis.endswith("其中1条未记金额")


def test_grants_and_cover_taken_together_count_each_person_once() -> None:
    somebody = member()
    grant(somebody, benefit(Category.BIRTHDAY), dt.date(2022, 5, 1), amount=Decimal("80.00"))
    cover("test-both", somebody)
    cover("test-both", member())
    summary("welfare.birthday", start=dt.date(2022, 1, 1), end=dt.date(2022, 6, 30), times=5)
    request = FigureRequest("x", ("welfare.birthday", "welfare.cover"), YEAR)

    figure = figures.count([request])[0]

    assert (figure.heads, figure.times, figure.amount) == (2, 7, Decimal(200))
    assert figures.rows(request, officer(Role.WELFARE)).records.count() == 3


def test_the_annex_names_every_festival_and_its_rows_add_up_to_their_total() -> None:
    ensure_outlines()
    festivals = [*Festival, ""]
    for month, festival in enumerate(festivals, start=1):
        on, goods = dt.date(2022, month, 1), benefit(Category.FESTIVAL)
        grant(member(), goods, on, occasion=occasion(f"o{month}", festival), amount=Decimal(100 + month))
    for code in ("speech", "summary"):
        lines = OutlineLine.objects.filter(
            chapter__outline__code=code, key__startswith="welfare.festival", in_table=True
        )
        asked = [FigureRequest(line.key, tuple(line.kinds), YEAR) for line in lines.order_by("position")]
        *parts, whole = figures.count(asked)
        assert whole.kinds == ("welfare.festival",)
        assert [part.heads for part in parts] == [1] * len(festivals), code
        assert sum(part.amount or 0 for part in parts) == whole.amount


def test_a_total_of_a_festival_contains_its_grants_in_the_category_too() -> None:
    spring, autumn = occasion("2022年春节", Festival.SPRING), occasion("2022年中秋", Festival.MID_AUTUMN)
    for day, which in ((dt.date(2022, 1, 20), spring), (dt.date(2022, 9, 5), autumn)):
        grant(member(), benefit(Category.FESTIVAL), day, occasion=which, amount=Decimal("500.00"))
    summary("welfare.festival.spring", start=dt.date(2022, 1, 1), end=dt.date(2022, 3, 31), heads=300)

    figure = one("welfare.festival")

    assert (figure.heads, figure.times, figure.amount) == (301, 2, Decimal(1000))


def test_a_roster_is_what_its_benefit_is_counted_against_even_before_anything_arrived() -> None:
    for _ in range(2):
        member()
    round_ = rounds.approved()
    due = round_.grants.count()
    key, period = f"welfare.benefit.{round_.benefit.code}", Period.year(rounds.HANDED_OUT.year)

    before = one(key, period=period)
    handing_out.collect(subject=round_, on=rounds.HANDED_OUT, actor=None)
    after = one(key, period=period)

    assert (before.heads, before.denominator) == (0, due)
    assert (after.heads, after.denominator) == (due, due)
    assert f"锁定名册应发{due}人" in after.basis


def test_covers_and_money_have_as_many_rows_as_their_figures_say() -> None:
    for _ in range(2):
        cover("test-rows", member())
    for kind in ("welfare.cover", "welfare.cover.test-rows", "welfare.spent", "welfare.purchase"):
        rows = figures.rows(FigureRequest("x", (kind,), YEAR), officer(Role.WELFARE))
        assert rows.records.count() == one(kind).times
        with pytest.raises(PermissionDenied):
            figures.rows(FigureRequest("x", (kind,), YEAR), officer(Role.CONGRESS))


def test_what_is_open_to_all_is_held_against_no_number_of_members() -> None:
    members = [member() for _ in range(3)]
    goods, of_all = benefit(Category.FESTIVAL), benefit(Category.FESTIVAL, "test-open")
    Benefit.objects.filter(pk=of_all.pk).update(non_members=True)
    spring, autumn = occasion("2022年春节", Festival.SPRING), occasion("2022年中秋", Festival.MID_AUTUMN)
    for one_person in members:
        grant(one_person, goods, dt.date(2022, 1, 20), occasion=spring)
        grant(one_person, goods, dt.date(2022, 9, 5), occasion=autumn)
    for _ in range(5):
        grant(person(kind="retiree"), of_all, dt.date(2022, 1, 20), occasion=spring)
    mixed, plain = one("welfare.festival.spring"), one("welfare.festival.mid_autumn")
    assert (mixed.heads, mixed.numerator, mixed.denominator) == (8, None, None)
    assert (plain.heads, plain.denominator) == (3, 3)
    held = one("welfare.festivals_held")
    assert [item.text for item in held.items] == ["2022年春节", "2022年中秋"]


def test_retirees_are_told_apart_from_staff_by_the_day_they_received() -> None:
    working, retired = member(), person(kind="retiree")
    late = person(retired_on=dt.date(2022, 6, 30))
    goods = benefit(Category.SUMMER)
    for who, day in ((working, 1), (late, 30), (retired, 2)):
        grant(who, goods, dt.date(2022, 6, day), amount=Decimal("50.00"))
    grant(late, goods, dt.date(2022, 7, 1), amount=Decimal("50.00"))
    grant(person(staff_number=None, kind="kin"), goods, dt.date(2022, 6, 3))
    staff, retirees = one("welfare.summer.to_staff"), one("welfare.summer.to_retirees")
    assert [(one.heads, one.amount, one.unit_price) for one in (staff, retirees)] == [
        (2, Decimal(100), Decimal(50)),
        (2, Decimal(100), Decimal(50)),
    ]
    assert one("welfare.summer").heads == 4
    request = FigureRequest("x", ("welfare.summer.to_retirees",), YEAR)
    assert figures.rows(request, officer(Role.WELFARE)).records.count() == 2


def test_grants_without_a_price_raise_no_doubt_and_have_no_price_each() -> None:
    goods = benefit(Category.BIRTHDAY)
    for amount in ("80.00", "80.00", None):
        grant(member(), goods, dt.date(2022, 5, 1), amount=amount and Decimal(amount))
    figure = one("welfare.birthday")
    assert (figure.times, figure.amount, figure.unit_price) == (3, Decimal(160), None)
    assert compose(Outline.objects.get(code="speech"), YEAR).doubts == ()


def test_covers_of_a_cover_year_are_counted_by_the_day_they_began() -> None:
    plan = MutualAidPlan.objects.create(code="test-year", name="住院测试计划")
    for begin, paid in ((dt.date(2021, 11, 1), dt.date(2021, 10, 20)), (dt.date(2022, 11, 1), dt.date(2022, 10, 20))):
        end = dt.date(begin.year + 1, 10, 31)
        premium = Decimal("60.00")
        Cover.objects.create(
            plan=plan, person=member(), starts_on=begin, ends_on=end, paid_on=paid, premium=premium, source="名单"
        )
    cover_year = Period(dt.date(2021, 11, 1), dt.date(2022, 10, 31))
    by_payment, of_year = (one(f"welfare.cover{way}", period=cover_year) for way in ("", ".of_year"))
    assert (by_payment.heads, of_year.heads) == (1, 1)
    assert "2022-11-01参保当日" in by_payment.basis
    assert "2021-11-01参保当日" in of_year.basis
    assert one("welfare.cover.test-year.of_year", period=cover_year).denominator == 2


def test_a_branch_s_report_counts_what_its_own_people_received() -> None:
    here = branch()
    mine, other = member(branch=here), member()
    goods, spring = benefit(Category.FESTIVAL), occasion("2022年春节", Festival.SPRING)
    grant(mine, goods, dt.date(2022, 1, 20), occasion=spring, branch=here)
    grant(other, goods, dt.date(2022, 1, 20), occasion=spring)
    asked = [
        FigureRequest(kind, (kind,), YEAR, branch=(here.pk,))
        for kind in ("welfare.festival.spring", "welfare.festival.to_staff", "welfare.spent")
    ]
    spring_here, staff, spent = figures.count(asked)
    assert (spring_here.heads, spring_here.denominator, staff.heads) == (1, 1, 1)
    assert (spent.empty, spent.basis) == (True, "不按分工会统计")
    assert figures.rows(asked[0], officer(Role.WELFARE)).records.count() == 1


def test_rules_name_the_documents_they_rest_on() -> None:
    BenefitRule.objects.all().delete()
    for variant, source in (("甲", "《慰问办法》第三条"), ("乙", "《慰问办法》第四条"), ("丙", "工会主席办公会决定")):
        BenefitRule.objects.create(
            benefit=benefit(Category.WEDDING),
            variant=variant,
            form="goods",
            source=source,
            valid_from=dt.date(2020, 1, 1),
        )
    figure = one("welfare.rule_sources")
    assert (figure.times, sorted(item.text for item in figure.items)) == (2, ["《慰问办法》", "工会主席办公会决定"])


def test_cover_is_counted_against_those_who_could_be_covered() -> None:
    women = [member(gender="female") for _ in range(2)]
    member(gender="male")
    plan = MutualAidPlan.objects.create(code="test-women", name="女工测试计划", only_gender="female")
    Cover.objects.create(
        plan=plan,
        person=women[0],
        starts_on=dt.date(2022, 7, 1),
        ends_on=dt.date(2023, 6, 30),
        paid_on=dt.date(2022, 6, 20),
        premium=Decimal("60.00"),
        source="名单",
    )

    figure = one("welfare.cover.test-women")

    assert (figure.heads, figure.denominator, figure.amount) == (1, 2, Decimal(60))


pytestmark = pytest.mark.django_db
