"""Findings that are overdue."""

import datetime as dt
from collections.abc import Iterator

from django.db.models import Count, Min

from congress.bodies.portal import list_address
from congress.inspections.enums import FindingState
from congress.inspections.models import Finding
from union_portal.base.portal import DeskItem


def findings_overdue(today: dt.date) -> Iterator[DeskItem]:
    late = Finding.objects.filter(state=FindingState.OPEN, due_on__lt=today)
    found = late.aggregate(count=Count("pk"), first=Min("due_on"))
    if found["count"]:
        yield DeskItem(
            title="巡视问题整改逾期",
            detail="尚未登记处理结果。",
            address=list_address("finding", "?overdue=yes"),
            due_on=found["first"],
            count=found["count"],
            urgent=True,
        )
