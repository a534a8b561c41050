"""W4 and W5 figure by figure: what plans pay, whom they cover yet, and until when it is claimed."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from tests.factories import claims, members
from union_portal.base.errors import DomainError
from welfare.claims.enums import DayCount, Formula
from welfare.claims.models import Claim, ClaimRule
from welfare.claims.services import entering
from welfare.claims.services.clocks import clocks
from welfare.claims.services.formulas import benefit
from welfare.mutual_aid.models import Cover
from welfare.workdays.enums import TermUnit

D = dt.date
IN, OUT = D(2026, 3, 2), D(2026, 3, 14)
PER_DAY = {"formula": Formula.PER_DAY, "amount": Decimal(40), "free_days": 3, "most_days": 180}
FIXED: dict[str, Any] = {"formula": Formula.FIXED, "grade": "二类", "amount": Decimal(3000), "first_only": True}
OWN_PART = {"formula": Formula.RATIO, "percent": Decimal(50), "deductible": Decimal(1500)}


@pytest.mark.parametrize(
    ("rule", "told", "due"),
    [
        ({**PER_DAY, "counting": DayCount.NIGHTS}, {"ended_on": OUT}, "360"),
        ({**PER_DAY, "counting": DayCount.INCLUSIVE}, {"ended_on": OUT}, "400"),
        ({**PER_DAY, "counting": DayCount.NIGHTS}, {"ended_on": IN + dt.timedelta(days=3)}, "0"),
        ({**PER_DAY, "counting": DayCount.NIGHTS}, {"ended_on": IN + dt.timedelta(days=300)}, "7200"),
        ({**PER_DAY, "counting": DayCount.NIGHTS}, {}, "0"),
        (
            {"formula": Formula.RATIO, "percent": Decimal(13), "period_cap": Decimal(50_000)},
            {"base": Decimal("23456.78")},
            "3049.38",
        ),
        (
            {"formula": Formula.RATIO, "percent": Decimal(13), "period_cap": Decimal(50_000)},
            {"base": Decimal("23456.78"), "used": Decimal(48_000)},
            "2000",
        ),
        ({**OWN_PART, "period_cap": Decimal(30_000)}, {"base": Decimal(9500)}, "4000"),
        ({**OWN_PART, "period_cap": Decimal(30_000)}, {"base": Decimal(1500)}, "0"),
        ({**OWN_PART, "period_cap": Decimal(30_000)}, {"base": Decimal(90_000)}, "30000"),
        (FIXED, {}, "3000"),
        (FIXED, {"had_before": D(2025, 5, 1)}, "0"),
    ],
)
def test_what_a_standard_pays(rule: dict[str, Any], told: dict[str, Any], due: str) -> None:
    found = benefit(rule=ClaimRule(**{"deductible": Decimal(0), **rule}), occurred_on=IN, **told)
    assert (found.amount, bool(found.words)) == (Decimal(due), True)


def test_the_same_class_is_paid_on_the_first_diagnosis_only() -> None:
    rule = claims.rule(**FIXED, counting="")
    person = members.member()
    first = claims.claim(rule, whose=person, occurred_on=D(2025, 3, 1))
    claims.cover(rule.plan, whose=person, on=D(2026, 1, 1))
    second = claims.claim(rule, whose=person, occurred_on=D(2026, 3, 1))
    assert (first.amount, second.amount) == (Decimal(3000), Decimal(0))
    assert "2025-03-01" in entering.reckoned(claim=second).words


def test_a_first_timer_waits_and_a_renewal_does_not() -> None:
    rule = claims.rule(claims.plan(waiting_days=30))
    first, renewer = members.member(), members.member()
    for person, day in ((first, D(2019, 9, 25)), (renewer, D(2018, 9, 25)), (renewer, D(2019, 9, 25))):
        claims.cover(rule.plan, whose=person, on=day)
    stay = {"occurred_on": D(2019, 10, 10)}
    with pytest.raises(DomainError, match="2019-10-25 起才有保障"):
        claims.claim(rule, whose=first, **stay)
    assert claims.claim(rule, whose=renewer, **stay).cover.starts_on == D(2019, 9, 25)
    assert claims.claim(rule, whose=first, occurred_on=D(2019, 10, 25)).pk


def test_plans_of_one_and_of_two_years_stand_beside_each_other() -> None:
    person = members.member()
    for months in (24, 12):
        claims.cover(claims.plan(months=months), whose=person, on=D(2025, 7, 1))
    ends = Cover.objects.filter(person=person).order_by("ends_on").values_list("ends_on", flat=True)
    assert list(ends) == [D(2026, 6, 30), D(2027, 6, 30)]


# The day of the event, then the last day of 3, 10 and 30 working days.
W5 = [
    (D(2025, 9, 19), D(2025, 9, 24), D(2025, 10, 10), D(2025, 11, 6)),
    (D(2025, 9, 26), D(2025, 9, 30), D(2025, 10, 16), D(2025, 11, 13)),
    (D(2025, 9, 30), D(2025, 10, 11), D(2025, 10, 21), D(2025, 11, 18)),
    (D(2026, 2, 10), D(2026, 2, 13), D(2026, 3, 2), D(2026, 3, 30)),
    (D(2026, 9, 18), D(2026, 9, 22), D(2026, 10, 9), D(2026, 11, 5)),
    (D(2026, 9, 24), D(2026, 9, 30), D(2026, 10, 15), D(2026, 11, 12)),
    (D(2026, 9, 30), D(2026, 10, 10), D(2026, 10, 20), D(2026, 11, 17)),
]


@pytest.mark.parametrize(("event", "three", "ten", "thirty"), W5)
def test_the_clocks_count_working_days(event: D, three: D, ten: D, thirty: D) -> None:
    rule = ClaimRule(notice_unit=TermUnit.WORKDAYS, papers_unit=TermUnit.WORKDAYS)
    claim = Claim(occurred_on=event)
    found = []
    for length in (3, 10, 30):
        rule.notice_length = rule.papers_length = length
        both = clocks(claim=claim, rule=rule)
        assert both.notice == both.papers
        found.append((both.notice.day, both.notice.certain))  # type: ignore[union-attr]
    assert found == [(three, True), (ten, True), (thirty, True)]


def test_a_term_into_a_year_that_is_not_announced_is_about() -> None:
    rule = ClaimRule(papers_length=30, papers_unit=TermUnit.WORKDAYS)
    found = clocks(claim=Claim(occurred_on=D(2026, 12, 1)), rule=rule)
    assert (found.notice, str(found.papers)[:2]) == (None, "约 ")


def test_two_clocks_of_different_lengths_start_at_the_end_of_the_stay_and_at_the_settlement() -> None:
    two = {"notice_length": 10, "notice_unit": TermUnit.DAYS, "papers_length": 24, "papers_unit": TermUnit.MONTHS}
    stay = Claim(occurred_on=D(2024, 2, 1), ended_on=D(2024, 2, 20), settled_on=D(2024, 2, 29))
    found = clocks(claim=stay, rule=ClaimRule(**two))
    assert [str(found.notice), str(found.papers)] == ["2024-03-01", "2026-02-28"]


pytestmark = pytest.mark.django_db
