"""往年数据补录: totals of the time before the portal."""

import datetime as dt
from typing import Any

from django.db import transaction

from members.totals.models import SummaryRecord
from union_portal.accounts.models import User
from union_portal.base.steps import saved


@transaction.atomic
def record_summary(
    *, kinds: list[str], period_start: dt.date, period_end: dt.date, actor: User | None = None, **told: Any
) -> SummaryRecord:
    """Enter or correct the total of these kinds over the period under this label; `told` is what the source says."""
    known = {"kinds": sorted(set(kinds)), "period_start": period_start, "period_end": period_end}
    known["label"] = told.pop("label", "")
    found = SummaryRecord.objects.select_for_update(of=("self",)).filter(**known).first()
    record: SummaryRecord = found or SummaryRecord(**known)
    record.entered_by = actor or record.entered_by
    for field, value in told.items():
        setattr(record, field, value)
    return saved(record)
