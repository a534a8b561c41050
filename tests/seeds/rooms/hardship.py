"""Hardship: special aid in two half years, and temporary aid over thirteen months."""

import datetime as dt
from decimal import Decimal

from tests.factories import hardship
from tests.seeds.facts import Fact
from union_portal.base.periods import Period
from union_portal.base.steps import record
from welfare.hardship.enums import AidKind, AidState

MONTHS = Period(dt.date(2022, 12, 1), dt.date(2023, 12, 31))
FACTS = (
    Fact("004-58", "welfare.hardship_aid.special", "发放特别困难补助12.6万元", MONTHS, rows=21, amount="126000"),
    Fact("004-58", "welfare.hardship_aid_days.special", "（分2次）", MONTHS, rows=2, times=2),
    Fact("004-59", "welfare.hardship_aid.temporary", "临时困难补助3.5万元", MONTHS, rows=3, amount="35000"),
)


def enter() -> None:
    """Enter the aids as a list of past years brings them: given, to a person each."""
    _given(AidKind.SPECIAL, dt.date(2022, 12, 28), *[6000] * 11)
    _given(AidKind.SPECIAL, dt.date(2023, 6, 30), *[6000] * 10)
    _given(AidKind.TEMPORARY, dt.date(2023, 5, 4), 10000, 12000, 13000)


def _given(kind: AidKind, on: dt.date, *amounts: int) -> None:
    for amount in amounts:
        made = hardship.aid(kind=kind, amount=Decimal(amount), asked_on=on)
        made.state, made.given_on, made.source = AidState.PAID, on, "往年台账"
        record(made, actor=None)
