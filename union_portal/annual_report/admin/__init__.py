"""The report on the staff desk: drafts with live figures, their rows, the freeze, and outlines as data."""

from union_portal.annual_report.admin.outlines import OutlineAdmin, OutlineChapterAdmin
from union_portal.annual_report.admin.reports import AnnualReportAdmin

__all__ = ["AnnualReportAdmin", "OutlineAdmin", "OutlineChapterAdmin"]
