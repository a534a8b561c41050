"""Rows of the samples, and where the desk shows them."""

import datetime as dt
from typing import Any

from tests.factories.accounts import account
from tests.sample.models import Loan
from union_portal.base.steps import record

DAY = dt.date(2024, 3, 1)
LOANS = "admin:sample_loan"
NOTICES = "admin:sample_notice"


def lent(item: str = "投影仪", **fields: Any) -> Any:
    return record(Loan(item=item, lent_on=DAY, **fields), actor=account())
