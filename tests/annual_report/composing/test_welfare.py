"""What was given, spent and covered, against whom it was due to, alone and taken together."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from tests.annual_report.composing.records import YEAR, benefit, cover, grant, occasion, one, summary
from tests.factories import rounds
from tests.factories.accounts import officer
from tests.factories.members import member
from union_portal.accounts.enums import Role
from union_portal.annual_report.outlines.models import OutlineLine
from union_portal.annual_report.outlines.services.starting import ensure_outlines
from union_portal.base import figures
from union_portal.base.figures import FigureRequest
from union_portal.base.periods import Period
from welfare.benefits.enums import Category, Festival
from welfare.mutual_aid.models import Cover, MutualAidPlan
from welfare.rounds.services import handing_out


def test_goods_without_a_price_have_no_amount_rather_than_none_at_all() -> None:
    goods = benefit(Category.BIRTHDAY)
    grant(member(), goods, dt.date(2022, 5, 1))
    assert one("welfare.birthday").amount is None
    grant(member(), goods, dt.date(2022, 5, 2), amount=Decimal("80.00"))

    figure = one("welfare.birthday")

    assert (figure.times, figure.amount, figure.unit_price) == (2, Decimal(80), Decimal(80))
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
