"""Previews: a draft as paper and as Word, marked on every page, kept apart from the versions and never frozen."""

import datetime as dt

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from union_portal.annual_report.reports.enums import LIVE
from union_portal.annual_report.reports.models import AnnualReport, ReportPreview
from union_portal.base.errors import Refused
from union_portal.base.steps import hold


def require_live(report: AnnualReport) -> None:
    """Refuse a frozen version, which has its own PDF, and one that is being frozen."""
    if report.state not in LIVE:
        raise Refused("只有草稿可以预览；已定稿的版本请打开其正式 PDF。")


def mark_of(at: dt.datetime) -> str:
    """Return what stands on every page of a preview, on paper, so in Chinese whatever the screen speaks."""
    return f"草稿（预览，非定稿）　{timezone.localtime(at):%Y-%m-%d %H:%M}"


@transaction.atomic
def keep_preview(*, report: AnnualReport, pdf: bytes, docx: bytes, pages: int, made_at: dt.datetime) -> ReportPreview:
    """Store a draft's preview in place of the one before; refused when the report was frozen meanwhile."""
    locked = hold(report)
    require_live(locked)
    preview = ReportPreview.objects.filter(report=locked).first() or ReportPreview(report=locked)
    _forget(preview)
    preview.pdf.save(f"preview-{locked.pk}.pdf", ContentFile(pdf), save=False)
    preview.docx.save(f"preview-{locked.pk}.docx", ContentFile(docx), save=False)
    preview.pages, preview.made_at = pages, made_at
    preview.save()
    return preview


@transaction.atomic
def drop_preview(*, report: AnnualReport) -> None:
    """Delete a report's preview and its files."""
    for preview in ReportPreview.objects.filter(report=report):
        _forget(preview)
        preview.delete()


def _forget(preview: ReportPreview) -> None:
    """Delete the files once the transaction that makes them superfluous is done."""
    for name in (preview.pdf.name, preview.docx.name):
        if name:
            transaction.on_commit(lambda name=name: default_storage.delete(name))  # type: ignore[misc]
