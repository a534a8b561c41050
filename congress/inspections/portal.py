"""Findings that are overdue."""

from collections.abc import Iterator

from congress.bodies.portal import list_address
from congress.inspections.models import Finding
from union_portal.base.portal import DeskItem, waiting


def findings_overdue() -> Iterator[DeskItem]:
    address = list_address("finding", "?overdue=yes")
    rows = Finding.objects.overdue()
    return waiting(rows, title="巡视问题整改逾期", detail="尚未登记处理结果。", address=address)
