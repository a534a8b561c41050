"""A kind of figure and its rows are one queryset: equal, once, in a constant number of queries."""

import datetime as dt
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, NamedTuple

import pytest
from django.core.exceptions import PermissionDenied
from django.db.models import Q

from tests.factories.accounts import account, officer
from tests.factories.states import put
from tests.sample.models import Damage, Loan, LoanState, Notice
from union_portal.accounts.enums import Role
from union_portal.base.figures import Figure, FigureRequest
from union_portal.base.figures.counting import count
from union_portal.base.figures.kind import Catalogue, Counted, Kind, Ratio
from union_portal.base.figures.source import source
from union_portal.base.figures.wording import measures, written
from union_portal.base.periods import Period

pytestmark = pytest.mark.django_db
LOANS = Loan.objects.all()
KINDS: list[Kind | Ratio] = [
    Kind(
        "sample.loans",
        "借用",
        unit="次",
        records=LOANS,
        day="lent_on",
        part="state",
        heads="borrower",
        amount="worth",
        columns=("lent_on", "item", "shelf__name", "state", "worth"),
    ),
    Kind(
        "sample.loans_back",
        "归还",
        unit="次",
        basis="借用登记，按借出日期计",
        records=LOANS,
        day="lent_on",
        where=Q(state=LoanState.BACK),
    ),
    Kind("sample.items", "借出物品", unit="件", basis="按物品计", records=LOANS, day="lent_on", once="item"),
    Kind("sample.damages", "损坏", unit="次", basis="损坏登记", records=Damage.objects.all(), day="found_on"),
    Kind(
        "sample.out",
        "在借",
        unit="人",
        basis="借用登记",
        records=LOANS,
        day="lent_on",
        until="returned_on",
        once="borrower",
        heads="borrower",
    ),
    Kind(
        "sample.notices",
        "公告",
        unit="则",
        basis="公告登记",
        records=Notice.objects.all(),
        day="posted_on",
        part="kind",
    ),
    Ratio("sample.back_rate", "归还率", above=("sample.loans_back",), below=("sample.loans",), basis="归还÷借用"),
]
SOURCE = source("sample", KINDS)
YEAR = Period.year(2024)


def asked(*kinds: str, period: Period = YEAR) -> FigureRequest:
    return FigureRequest(key="+".join(kinds), kinds=kinds, period=period)


def one(*kinds: str, period: Period = YEAR) -> Figure:
    return next(iter(SOURCE.count([asked(*kinds, period=period)])))


@pytest.fixture
def loans() -> None:
    day, next_year = dt.date(2024, 3, 1), dt.date(2025, 1, 1)
    tent, rope, other = (
        Loan.objects.create(item=item, lent_on=on, borrower=who, worth=worth)
        for item, on, who, worth in (
            ("帐篷", day, "温若安", "100.50"),
            ("帐篷", dt.date(2024, 5, 1), "温若安", "20.00"),
            ("绳子", day, "顾清和", None),
        )
    )
    Loan.objects.create(item="明年的", lent_on=next_year, borrower="沈如一")
    put(Loan.objects.filter(pk=tent.pk), LoanState.BACK, returned_on=dt.date(2024, 4, 1))
    for number in range(2):
        Damage.objects.create(loan=rope, text=f"划痕{number}", found_on=day)
    Notice.objects.create(title="换届", posted_on=day)
    assert other.pk


def test_times_heads_and_yuan_of_a_period(loans: None) -> None:
    figure = one("sample.loans")
    assert (figure.times, figure.heads, figure.amount, figure.unit) == (3, 2, Decimal("120.50"), "次")
    assert figure.basis == "借用，按借出日期计"
    assert one("sample.loans", period=Period.year(2023)).times == 0


def test_queries_kept_from_the_first_report_answer_for_other_days_and_for_what_came_since(loans: None) -> None:
    kinds = [kind for kind in KINDS if isinstance(kind, Kind)]
    first = [one(kind.key) for kind in kinds]
    kept = [dict(kind.compiled) for kind in kinds]
    assert all(kept)
    assert [one(kind.key, period=Period.year(2023)).times or 0 for kind in kinds] == [0] * len(kinds)
    assert one("sample.out", period=Period.year(2025)).heads == 3
    Loan.objects.create(item="再借", lent_on=dt.date(2024, 6, 1), borrower="沈如一")
    assert (one("sample.loans").times, one("sample.loans").heads) == ((first[0].times or 0) + 1, 3)
    assert [dict(kind.compiled) for kind in kinds] == kept


def test_kinds_are_listed_with_their_parts() -> None:
    listed = {kind.key: kind.label for kind in SOURCE.kinds()}
    assert listed["sample.loans.back"] == "借用（已归还）"
    assert "sample.damages" in listed


@pytest.mark.parametrize(
    ("kinds", "times"),
    [
        (("sample.loans",), 3),
        (("sample.loans.out",), 2),
        (("sample.loans.out", "sample.loans.back"), 3),
        (("sample.loans", "sample.loans_back"), 3),  # one record of both counts once
        (("sample.loans", "sample.damages"), 5),
        (("sample.items",), 2),  # two records of one thing
        (("sample.notices.news",), 1),
        (("sample.notices.call",), 0),
    ],
)
def test_a_figure_is_the_number_of_its_rows(loans: None, kinds: tuple[str, ...], times: int) -> None:
    rows = SOURCE.rows(asked(*kinds), officer(Role.ACTIVITIES))
    assert (one(*kinds).times, rows.records.count(), len(list(rows.records))) == (times, times, times)
    assert {len(row) for row in rows.records} <= {len(rows.headers)}


def test_rows_are_in_words(loans: None) -> None:
    rows = SOURCE.rows(asked("sample.loans"), officer(Role.ACTIVITIES))
    assert rows.headers == ("借出日期", "物品", "货架", "状态", "价值")
    assert rows.records[0][3] == "已归还"


def test_a_figure_of_a_day_counts_who_stands_on_it(loans: None) -> None:
    days = {
        day: one("sample.out", period=Period(dt.date(2024, 1, 1), day))
        for day in (dt.date(2024, 3, 15), dt.date(2024, 12, 31))
    }
    assert {day: figure.heads for day, figure in days.items()} == {dt.date(2024, 3, 15): 2, dt.date(2024, 12, 31): 2}
    figure = days[dt.date(2024, 12, 31)]
    assert (figure.as_of, figure.period, figure.times) == (dt.date(2024, 12, 31), None, None)
    assert figure.basis == "借用登记，截至2024-12-31"
    assert SOURCE.rows(asked("sample.out"), officer(Role.ACTIVITIES)).records.count() == 2


def test_what_cannot_be_added_is_left_out_and_said(loans: None) -> None:
    figure = one("sample.loans", "sample.out", "sample.back_rate")
    assert figure.times == 3
    assert len(figure.left_out) == 2
    assert "归还率" in "".join(figure.left_out)


def test_a_ratio_tells_both_sides(loans: None) -> None:
    figure = one("sample.back_rate")
    assert (figure.numerator, figure.denominator, written(figure)) == (1, 3, "33.3%（1/3）")
    assert SOURCE.rows(asked("sample.back_rate"), officer(Role.ACTIVITIES)).records.count() == 3


def test_rows_ask_the_permission_and_show_what_is_visible(loans: None) -> None:
    Loan.objects.filter(item="绳子").update(branch_only=True)
    with pytest.raises(PermissionDenied):
        SOURCE.rows(asked("sample.loans"), account())
    assert SOURCE.rows(asked("sample.loans"), officer(Role.BRANCH_CHAIR)).records.count() == 1
    with pytest.raises(PermissionDenied):
        SOURCE.rows(asked("sample.loans", "sample.damages"), officer(Role.BRANCH_CHAIR))


def test_all_kinds_of_a_source_cost_one_query(loans: None, django_assert_num_queries: Any) -> None:
    everything = [asked(kind.key, period=period) for kind in SOURCE.kinds() for period in (YEAR, YEAR.previous())]
    with django_assert_num_queries(1):
        counted = list(SOURCE.count(everything))
    assert len(counted) == len(everything)


def _alike(kinds: list[Kind | Ratio]) -> list[Kind | Ratio]:
    return [
        replace(one, alike=("state", "item", "borrower"), noted=("item",))
        if isinstance(one, Kind) and one.records is LOANS
        else one
        for one in kinds
    ]


def test_records_judged_alike_come_to_the_same(loans: None) -> None:
    Loan.objects.create(item="无名", lent_on=dt.date(2024, 3, 1), borrower="温若安", worth="20.00")
    keys: list[tuple[str, ...]] = [(kind.key,) for kind in SOURCE.kinds()]
    keys += [("sample.loans.out", "sample.loans.back"), ("sample.loans", "sample.damages"), ("sample.loans.back",) * 2]
    spring, day = Period(dt.date(2024, 2, 1), dt.date(2024, 4, 30)), Period(dt.date(2024, 4, 1), dt.date(2024, 4, 1))
    periods = (YEAR, YEAR.previous(), Period.year(2025), spring, day)
    everything = [asked(*own, period=period) for own in keys for period in periods]

    assert list(source("sample", _alike(KINDS)).count(everything)) == list(SOURCE.count(everything))


@pytest.mark.parametrize("alike", [(), ("state", "item", "borrower")])
def test_what_was_noted_is_told_and_a_total_of_a_day_contains_whoever_stands(
    loans: None, alike: tuple[str, ...]
) -> None:
    loans_kinds = [kind for kind in KINDS if isinstance(kind, Kind) and kind.records is LOANS]
    kinds: list[Kind | Ratio] = [replace(kind, alike=alike, noted=("item", "state")) for kind in loans_kinds]
    heads = Covered(1, "sample.out", dt.date(2020, 12, 31), dt.date(2020, 12, 31), "heads")

    counted = count(Catalogue(kinds), [asked("sample.loans"), asked("sample.out")], [heads])

    assert set(counted[0].noted) == {("帐篷", "back"), ("帐篷", "out"), ("绳子", "out")}
    assert (counted[1].times, counted[1].heads) == (2, 0)


def test_more_questions_than_bits_are_answered_alike(loans: None) -> None:
    figures = source("sample", _alike(KINDS)).count([asked("sample.loans")] * 130)
    assert {(figure.times, figure.heads) for figure in figures} == {(3, 2)}


class Covered(NamedTuple):
    """What a total of these days contains of a request."""

    request: int
    kind: str
    start: dt.date
    end: dt.date
    measure: str


@dataclass
class Total:
    """A total of 2024's first quarter: ten times, nothing said of people."""

    requests: Any
    catalogue: Any

    def covered(self) -> list[Any]:
        return [Covered(0, "sample.loans", dt.date(2024, 1, 1), dt.date(2024, 3, 31), "times")]

    def bearing(self) -> list[int]:
        return [0]

    def add(self, number: int, figure: Figure, details: Counted) -> Figure:
        assert (number, details.times) == (0, 3)
        return replace(figure, times=(figure.times or 0) + 10)

    def add_rate(self, number: int, figure: Figure) -> Figure:
        raise NotImplementedError(number, figure)


@pytest.mark.parametrize("kinds", [KINDS, _alike(KINDS)])
def test_a_total_contains_its_details_measure_by_measure(loans: None, kinds: list[Kind | Ratio]) -> None:
    figure = next(iter(source("sample", kinds, totals=Total).count([asked("sample.loans")])))
    assert (figure.times, figure.heads, figure.amount) == (11, 2, Decimal("120.50"))


def test_a_figure_is_written_in_one_way() -> None:
    counted: Any = {"heads": 517, "times": 520, "amount": Decimal("258500.00")}
    figure = Figure(key="k", label="慰问", kinds=("k",), approximations={"heads": "余"}, **counted)
    assert measures(figure) == ["517余人", "520次", "258500元"]
    assert written(replace(figure, heads=None, times=None, amount=None, reason="疫情未办")) == "疫情未办"
    data = {"heads": 3, "times": 3, "amount": "10.00", "unit": "人", "reason": ""}
    assert written(data) == "3人，10元"


def test_what_nobody_counts_any_more_is_left_out_or_says_so() -> None:
    gone, partly = asked("sample.nothing"), asked("sample.nothing", "sample.loans")

    first, second = SOURCE.count([gone, partly])

    assert (first.empty, first.basis, first.kinds) == (True, "已停止统计", ("sample.nothing",))
    assert (second.times, second.kinds) == (0, ("sample.loans",))
    assert SOURCE.rows(partly, officer(Role.ACTIVITIES)).records.count() == 0
    with pytest.raises(KeyError):
        SOURCE.rows(gone, officer(Role.ACTIVITIES))
