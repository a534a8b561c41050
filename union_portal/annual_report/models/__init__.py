"""Outlines as data, drafts with their narrative, and frozen versions."""

from union_portal.annual_report.models.outlines import Outline, OutlineChapter, OutlineLine
from union_portal.annual_report.models.reports import AnnualReport, ChapterText, Explanation, ReportMove, ReportPreview

__all__ = [
    "AnnualReport",
    "ChapterText",
    "Explanation",
    "Outline",
    "OutlineChapter",
    "OutlineLine",
    "ReportMove",
    "ReportPreview",
]
