"""What a household comes to, and how much an aid may be: the worked example, figure by figure."""

from decimal import Decimal
from typing import Any

import pytest

from tests.factories import hardship
from welfare.hardship.enums import AidKind, Cause, HardshipKind
from welfare.hardship.models import HardshipStandard
from welfare.hardship.services.assessing import Household, assess, limit_of

pytestmark = pytest.mark.django_db
DEEP, RELATIVE, ACCIDENT, NONE = HardshipKind.DEEP, HardshipKind.RELATIVE, HardshipKind.ACCIDENT, HardshipKind.NONE


def lines(**told: Any) -> HardshipStandard:
    return HardshipStandard(**{"line": Decimal(800), "average": Decimal(45000), "multiple": Decimal(2), **told})


def home(medical: int = 0, **told: Any) -> Household:
    costs = {Cause.TUITION: Decimal(12000), Cause.MEDICAL: Decimal(medical), **told.pop("costs", {})}
    return Household(**{"heads": 4, "income": Decimal(96000), "costs": costs, "children": 1, **told})


@pytest.mark.parametrize(
    ("medical", "per_head", "kind", "exclusive"),
    [
        (42000, "875.00", RELATIVE, RELATIVE),
        (46000, "791.67", DEEP, DEEP),
        (45600, "800.00", DEEP, RELATIVE),
        (20000, "1333.33", RELATIVE, RELATIVE),
        (0, "1750.00", NONE, NONE),
        (7200, "1600.00", RELATIVE, NONE),
    ],
)
def test_the_type_follows_from_the_lines(
    medical: int, per_head: str, kind: HardshipKind, exclusive: HardshipKind
) -> None:
    found = assess(standard=lines(inclusive=True), household=home(medical))
    assert (found.per_head, found.kind) == (Decimal(per_head), kind)
    assert assess(standard=lines(inclusive=False), household=home(medical)).kind == exclusive


def test_an_accident_is_left_to_the_committee() -> None:
    found = assess(standard=lines(), household=home(costs={Cause.ACCIDENT: Decimal(60000)}))
    assert (found.per_head, found.kind) == (Decimal("1750.00"), NONE)
    assert found.words == ("有意外支出 60,000.00 元，可由委员会评定为意外致困。",)


@pytest.mark.parametrize(("income", "kind"), [(179999, DEEP), (180000, NONE)])
def test_an_income_not_below_the_average_opens_no_file(income: int, kind: HardshipKind) -> None:
    found = assess(standard=lines(), household=home(150000, income=Decimal(income)))
    assert found.kind == kind
    assert ("不低于当地平均 45,000.00 元" in "".join(found.words)) == (kind == NONE)


def test_what_was_given_counts_as_income() -> None:
    found = assess(standard=lines(), household=home(46000, given=Decimal(8000)))
    assert (found.per_head, found.kind) == (Decimal("958.33"), RELATIVE)


@pytest.mark.parametrize(
    ("kind", "aid", "medical", "limit"),
    [
        (DEEP, AidKind.LIVING, 46000, "8000.00"),
        (DEEP, AidKind.MEDICAL, 46000, "46000.00"),
        (DEEP, AidKind.SCHOOLING, 46000, "8000.00"),
        (RELATIVE, AidKind.LIVING, 42000, "6400.00"),
        (RELATIVE, AidKind.MEDICAL, 42000, "16000.00"),
        (RELATIVE, AidKind.MEDICAL, 10000, "8000.00"),
        (ACCIDENT, AidKind.TEMPORARY, 0, "9000.00"),
    ],
)
def test_an_aid_has_its_limit(kind: HardshipKind, aid: AidKind, medical: int, limit: str) -> None:
    rule = hardship.standard().aid_rules.get(hardship=kind, aid=aid)
    accident = {Cause.ACCIDENT: Decimal(60000)} if kind == ACCIDENT else {}
    assert limit_of(rule=rule, household=home(medical, costs=accident)) == Decimal(limit)


def test_two_children_at_school_are_two_limits_and_the_cap_of_an_accident_holds() -> None:
    standard = hardship.standard()
    school = standard.aid_rules.get(hardship=DEEP, aid=AidKind.SCHOOLING)
    assert limit_of(rule=school, household=home(46000, children=2)) == Decimal(16000)
    accident = standard.aid_rules.get(hardship=ACCIDENT)
    assert limit_of(rule=accident, household=home(costs={Cause.ACCIDENT: Decimal(90000)})) == Decimal(10000)
