"""往年数据补录: totals of the time before the portal."""

import datetime as dt
from decimal import Decimal
from typing import TypedDict, Unpack

from django.db import transaction

from members.totals.models import SummaryRecord
from union_portal.accounts.models import User
from union_portal.base.steps import saved


class Totals(TypedDict, total=False):
    """What the source says; what it leaves out stays empty."""

    label: str
    heads: int | None
    times: int | None
    amount: Decimal | None
    approximation: str
    not_held_reason: str


@transaction.atomic
def record_summary(
    *,
    kinds: list[str],
    period_start: dt.date,
    period_end: dt.date,
    source: str,
    actor: User | None = None,
    **totals: Unpack[Totals],
) -> SummaryRecord:
    """Enter or correct the total of these kinds over the period under this label."""
    ordered = sorted(set(kinds))
    label = totals.get("label", "")
    found: SummaryRecord | None = (
        SummaryRecord.objects.select_for_update(of=("self",))
        .filter(kinds=ordered, period_start=period_start, period_end=period_end, label=label)
        .first()
    )
    record = found or SummaryRecord(kinds=ordered, period_start=period_start, period_end=period_end)
    record.source = source
    record.entered_by = actor or record.entered_by
    for field, value in totals.items():
        setattr(record, field, value)
    return saved(record)
