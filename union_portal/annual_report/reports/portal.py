"""Reports on the desk: one may be begun, own drafts, and what waits to be frozen by a second person."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from union_portal.accounts.models import User
from union_portal.annual_report.reports.enums import ReportState
from union_portal.annual_report.reports.models import AnnualReport
from union_portal.base.portal import Contribution, DeskItem, Place, contribute
from union_portal.base.prepared import seen


def _item(report: AnnualReport, verb: str, detail: str, **told: Any) -> DeskItem:
    address = reverse("admin:annual_report_annualreport_change", args=[report.pk])
    return DeskItem(title=f"{verb}：{report.title}", detail=detail, address=address, **told)


def _submitted(user: User) -> "QuerySet[AnnualReport]":
    found: QuerySet[AnnualReport] = AnnualReport.objects.visible_to(user).filter(state=ReportState.SUBMITTED)
    return found


def _drafts(user: User) -> "QuerySet[AnnualReport]":
    found: QuerySet[AnnualReport] = AnnualReport.objects.visible_to(user)
    return found.filter(prepared_by=user, state=ReportState.DRAFT)


def desk_items(user: User) -> Iterator[DeskItem]:
    """Yield what others handed in for the freeze."""
    if user.has_perm("annual_report.freeze_annualreport"):
        for report in seen(user, "reports to freeze", _submitted):
            if user.has_perm("annual_report.freeze_annualreport", report):
                yield _item(report, "确认定稿", "核对文字与数据后定稿，或退回修改。", urgent=True)


def drafts(user: User) -> Iterator[DeskItem]:
    """Yield the reports that the account writes."""
    if user.has_perm("annual_report.add_annualreport"):
        for report in seen(user, "own reports", _drafts):
            yield _item(report, "草稿", f"统计期间至 {report.period_end}，写完后提交定稿。")


_ADD = ("admin:annual_report_annualreport_add", "annual_report.add_annualreport")
_NEW = Place("reports", "新建年度报告", *_ADD, "description")
contribute(Contribution(desk_items=desk_items, drafts=drafts, creates=(_NEW,)))
