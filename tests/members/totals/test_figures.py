"""Totals of years before the portal in figures: the whole once, a day's latest, and the unknown untold."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from congress.committees.enums import CommitteeKind
from congress.committees.models import Committee, Meeting
from members.totals.enums import Approximation
from members.totals.models import SummaryRecord
from members.totals.services import record_summary
from tests.annual_report.composing.records import YEAR, benefit, cover, grant, one
from tests.factories.members import branch, member
from union_portal.annual_report.composing.services.composing import compose
from union_portal.annual_report.outlines.models import Outline
from union_portal.base import figures
from union_portal.base.errors import DomainError
from union_portal.base.figures.wording import agrees, written
from union_portal.base.periods import Period
from welfare.benefits.enums import Category
from welfare.benefits.models import Benefit
from welfare.books.models import LedgerAccount
from welfare.mutual_aid.models import MutualAidPlan

pytestmark = pytest.mark.django_db


def told(kind: str, *kinds: str, year: int = 2022, period: Period | None = None, **numbers: Any) -> SummaryRecord:
    days = period or Period.year(year)
    return record_summary(
        kinds=[kind, *kinds], period_start=days.start, period_end=days.end, source="工作总结", **numbers
    )


def test_a_benefit_counts_towards_its_category_its_festival_and_all_benefits() -> None:
    for code, heads in (("birthday", 1180), ("special_hardship", 6), ("hospital", 17), ("spring", 517)):
        told(f"welfare.benefit.{code}", heads=heads)

    kinds = ("birthday", "hardship", "hospital", "festival", "festival.spring", "festival.mid_autumn")
    assert [one(f"welfare.{kind}").heads for kind in kinds] == [1180, 6, 17, 517, 517, 0]
    assert one("welfare.benefits").heads == 1720
    assert "人数为各条之和" in one("welfare.benefits").basis


def test_every_label_names_one_kind() -> None:
    labels = [str(kind.label) for kind in figures.kinds().values()]
    assert len(set(labels)) == len(labels)
    found = {str(kind.label): key for key, kind in figures.kinds().items()}
    assert (found["健康体检"], found["健康体检（福利项目）"]) == (
        "welfare.health_check",
        "welfare.benefit.health_check",
    )
    Benefit.objects.create(code="gym", name="采购", category=Category.OTHER)
    labels = [str(kind.label) for kind in figures.kinds().values()]
    assert len(set(labels)) == len(labels)


def test_a_total_contains_its_parts() -> None:
    accounts = LedgerAccount.objects.filter(code__in=("501", "50102"))
    assert accounts.count() == 2
    for kind, amount in (("", 100), (".501", 90), (".50102", 10)):
        told(f"welfare.spent{kind}", amount=Decimal(amount))
    told("welfare.festival", heads=100)
    told("welfare.festival.spring", heads=30)
    for plan in ("one", "two"):
        MutualAidPlan.objects.create(code=plan, name=plan)
    for kind, heads in (("", 1000), (".one", 600), (".two", 400)):
        told(f"welfare.cover{kind}", heads=heads)
    for kind, times in (("", 30), (".staff", 20), (".union", 10)):
        told(f"congress.proposals.filed{kind}", times=times)

    assert [one(f"welfare.spent{kind}").amount for kind in ("", ".501", ".50102")] == [100, 90, 10]
    assert [one(f"welfare.{kind}").heads for kind in ("festival", "festival.spring", "cover")] == [100, 30, 1000]
    assert [one(f"congress.proposals.filed{kind}").times for kind in ("", ".staff")] == [30, 20]


def test_numbers_that_records_give_are_contained_in_a_total_as_records_are() -> None:
    committee = Committee.objects.create(kind=CommitteeKind.UNION, name="工会委员会", began_on=YEAR.start)
    Meeting.objects.create(committee=committee, held_on=dt.date(2022, 4, 1), due=15, present=13)
    told("congress.meeting_present", times=90)
    figure = one("congress.meeting_present")
    assert (figure.times, "明细登记13" in figure.basis) == (90, True)


def test_suggestions_of_either_way_are_all_suggestions() -> None:
    told("congress.suggestions_direct", times=30)
    told("congress.suggestions_passed_on", times=12)
    assert one("congress.suggestions").times == 42
    told("congress.suggestions", times=45)
    assert one("congress.suggestions").times == 45


def test_parts_are_added_where_the_whole_is_not_told_and_batches_of_one_kind_are_told_apart_by_name() -> None:
    told("welfare.health_check", label="第一批", heads=600, times=1)
    told("welfare.health_check", label="第二批", heads=495, times=1)
    assert (one("welfare.health_check").heads, one("welfare.health_check").times) == (1095, 2)
    assert "往年数据补录2条（第一批、第二批、工作总结）" in one("welfare.health_check").basis
    told("welfare.health_check", heads=1100)
    assert one("welfare.health_check").heads == 1100


def test_totals_that_overlap_count_once_and_the_other_is_named() -> None:
    told("welfare.hospital", period=Period(dt.date(2022, 1, 1), dt.date(2022, 8, 31)), heads=20, label="一至八月")
    told("welfare.hospital", period=Period(dt.date(2022, 6, 1), dt.date(2022, 12, 31)), heads=15, label="下半年")
    figure = one("welfare.hospital")
    assert figure.heads == 20
    assert "下半年（2022-06-01至2022-12-31）的人数与一至八月" in figure.left_out[0]


def test_the_total_of_a_day_stands_and_its_difference_from_the_register_is_told() -> None:
    for _ in range(5):
        member(on=dt.date(2020, 1, 1))
    told("members.total", heads=1000)

    figure = one("members.total")

    assert (figure.heads, figure.times, figure.as_of) == (1000, None, dt.date(2022, 12, 31))
    assert "明细登记5人，与补录的人数相差995人" in figure.basis


def test_a_total_with_retained_memberships_is_not_taken_for_members_in_service() -> None:
    told("members.enrolled", heads=1000)

    assert one("members.enrolled").heads == 1000
    assert not one("members.total").heads


def test_of_two_yearly_totals_of_a_day_the_later_stands() -> None:
    told("members.total", year=2021, heads=1200)
    told("members.total", year=2022, heads=1210)
    both = Period(dt.date(2021, 1, 1), dt.date(2022, 12, 31))
    assert (one("members.total", period=both).heads, one("members.total").heads) == (1210, 1210)
    assert one("members.total", period=Period.year(2021)).heads == 1200
    member(on=dt.date(2020, 1, 1))
    later = one("members.total", period=Period(dt.date(2021, 1, 1), dt.date(2025, 12, 31)))
    assert (later.heads, later.summary) == (1, False)
    assert "已由登记取代" in later.left_out[0]


def test_a_total_of_one_kind_of_a_day_leaves_the_register_of_the_other() -> None:
    branch()
    told("members.direct_groups", times=3)
    assert one("members.direct_groups", "members.branches").times == 4


def test_what_the_source_left_out_is_unknown_and_not_zero() -> None:
    told("welfare.summer", times=80)
    told("congress.sessions", times=2)
    told("welfare.wedding", heads=8)

    summer, sessions, wedding = (one(kind) for kind in ("welfare.summer", "congress.sessions", "welfare.wedding"))

    assert (summer.heads, summer.times, summer.amount, written(summer)) == (None, 80, None, "80次")
    assert (sessions.heads, sessions.times) == (None, 2)
    assert (wedding.times, wedding.amount, written(wedding)) == (None, None, "8人")
    told("welfare.wedding", period=Period(dt.date(2022, 7, 1), dt.date(2022, 12, 31)), amount=Decimal(4000))
    assert one("welfare.wedding").amount == 4000
    assert one("welfare.birth").heads == 0


def test_a_half_that_does_not_say_how_many_is_named() -> None:
    told("welfare.hospital", period=Period(dt.date(2022, 1, 1), dt.date(2022, 6, 30)), heads=20)
    told("welfare.hospital", period=Period(dt.date(2022, 7, 1), dt.date(2022, 12, 31)), amount=Decimal(3000))
    figure = one("welfare.hospital")
    assert (figure.heads, figure.amount) == (20, Decimal(3000))
    assert any("未记人数" in words for words in figure.left_out)


def test_the_word_belongs_to_its_measure_and_no_sum_with_exact_rows_takes_it() -> None:
    half = Period(dt.date(2022, 1, 1), dt.date(2022, 6, 30))
    told("welfare.birth", period=half, heads=120, heads_word=Approximation.NEARLY, amount=Decimal(36000))
    figure = one("welfare.birth")
    assert (dict(figure.approximations), written(figure)) == ({"heads": "近"}, "近120人，36000元")

    grant(member(), benefit(Category.BIRTH), dt.date(2022, 11, 1), amount=Decimal(300))
    mixed = one("welfare.birth")
    assert (mixed.heads, dict(mixed.approximations), mixed.amount) == (121, {"heads": "约"}, Decimal(36300))
    told("welfare.birth", period=Period(dt.date(2022, 7, 1), dt.date(2022, 12, 31)), heads=60, heads_word="nearly")
    assert written(one("welfare.birth")).startswith("近180人")


def test_exact_rows_are_held_against_the_word_of_a_total() -> None:
    told("welfare.cover", heads=3, heads_word=Approximation.NEARLY)
    for _ in range(2):
        cover("plan", member())
    assert "明细登记2人，与补录的人数相差1人" in one("welfare.cover").basis
    told("welfare.cover", heads=2, heads_word=Approximation.OVER)
    assert "明细登记2人，与补录的人数相符" in one("welfare.cover").basis


@pytest.mark.parametrize(
    ("word", "number", "fitting", "amiss"),
    [
        *(("余", 60000, (60000, 69999), (59999, 70000)), ("余", 4170000, (4170000, 4179999), (4180000,))),
        *(("近", 20, (18, 19), (17, 20)), ("约", 100, (95, 105), (94, 106)), ("整", 100, (100,), (99, 101))),
    ],
)
def test_words_are_numeric(word: str, number: int, fitting: tuple[int, ...], amiss: tuple[int, ...]) -> None:
    assert all(agrees(word, Decimal(number), Decimal(exact)) for exact in fitting)
    assert not any(agrees(word, Decimal(number), Decimal(exact)) for exact in amiss)


def test_a_rate_is_entered_as_a_rate_with_or_without_its_parts() -> None:
    told("congress.proposals.satisfaction_rate", share=Decimal(98))
    rate = one("congress.proposals.satisfaction_rate")
    assert (rate.share, rate.empty, rate.summary, written(rate)) == (Decimal(98), False, True, "98%")

    told("congress.proposals.satisfied", times=49)
    told("congress.proposals.dissatisfied", times=1)
    assert written(one("congress.proposals.satisfaction_rate")) == "98%（49/50）"

    told("congress.proposals.dissatisfied", times=2)
    apart = one("congress.proposals.satisfaction_rate")
    assert written(apart) == "98%"
    assert "按各项数字计算为96.1%（49/51）" in apart.basis
    told("congress.proposals.satisfaction_rate", year=2021, share=Decimal(97))
    both = one("congress.proposals.satisfaction_rate", period=Period(dt.date(2021, 1, 1), dt.date(2022, 12, 31)))
    assert (both.share, "比率不能相加" in both.left_out[0]) == (None, True)


def test_a_rate_whose_upper_part_nobody_knows_is_not_told_as_nothing() -> None:
    told("congress.proposals.filed", times=30)
    assert one("congress.proposals.reply_rate").empty


@pytest.mark.parametrize(
    ("kind", "numbers", "words"),
    [
        ("congress.proposals.satisfaction_rate", {"times": 98}, "“提案满意率”以%计，请填在“比率（%）”一栏"),
        ("congress.proposals.filed", {"heads": 30}, "“立案提案”以件计，请填在“人次”一栏"),
        ("members.total", {"times": 1000}, "“会员”以人计，请填在“人数”一栏"),
    ],
)
def test_a_number_that_would_never_be_told_is_refused(kind: str, numbers: dict[str, Any], words: str) -> None:
    with pytest.raises(DomainError, match=words):
        told(kind, **numbers)


def test_what_lies_between_and_is_not_told_is_no_doubt() -> None:
    for kind, times in (("collected", 52), ("merged", 10), ("filed", 30), ("passed_on", 12), ("answered", 30)):
        told(f"congress.proposals.{kind}", times=times)
    assert compose(Outline.objects.get(code="speech"), YEAR).doubts == ()
    told("congress.proposals.reviewed", times=41)
    (doubt,) = compose(Outline.objects.get(code="speech"), YEAR).doubts
    assert "审查确定41件" in doubt.text
