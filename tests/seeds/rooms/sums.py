"""What a school knows as a sum alone: a term's festivals, by what was bought."""

import datetime as dt
from decimal import Decimal
from typing import Any

from members.totals import services as totals
from members.totals.enums import Approximation
from tests.seeds.facts import Fact
from union_portal.base.periods import Period

TERM = Period(dt.date(2019, 1, 1), dt.date(2024, 12, 31))
FACTS = (Fact("003-27", "welfare.festival", "节日慰问支出417余万元", TERM, None, amount="4170000"),)


def enter() -> None:
    """Enter the sum as the source words it."""
    told: dict[str, Any] = {"source": "采购台账", "amount": Decimal(4_170_000), "amount_word": Approximation.OVER}
    totals.record_summary(kinds=["welfare.festival"], period_start=TERM.start, period_end=TERM.end, **told)
