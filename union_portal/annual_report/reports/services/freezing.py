"""Freezing: figures, text and PDF are stored together with their hashes, and never change again.

draft → freezing takes the snapshot; the worker makes the PDF from the snapshot alone; freezing → frozen stores the PDF,
both hashes and the ledger's heads in one transaction. A failed render leads back to the draft and says why.
"""

import hashlib
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from union_portal.accounts.models import User
from union_portal.annual_report.composing.services.data import digest, report_data, snapshot
from union_portal.annual_report.reports.enums import ReportState
from union_portal.annual_report.reports.models import AnnualReport
from union_portal.annual_report.reports.services.composing import compose_report
from union_portal.annual_report.reports.services.previewing import drop_preview
from union_portal.base.errors import Refused
from union_portal.base.figures.wording import shown
from union_portal.base.steps import hold, move
from welfare.ledger.services.heads import heads, remember_heads


@transaction.atomic
def begin_freeze(*, report: AnnualReport, actor: User) -> AnnualReport:
    """Take the snapshot of figures and text; the PDF is then made by the worker.

    Refuses while numbers that should agree are unexplained, and when somebody else is freezing the report.
    """
    held = hold(report)
    held.machine.step(state=held.state, action="freeze")
    held.signed_on = held.signed_on or timezone.localdate()
    data = snapshot(compose_report(held)) | {"ledger_heads": [str(head) for head in heads()]}
    refuse_unexplained(data)
    kept: dict[str, Any] = {"snapshot": data, "snapshot_hash": digest(data), "signed_on": held.signed_on}
    move(held, "freeze", actor=actor, frozen_by=actor, failure="", **kept)
    return held


def refuse_unexplained(data: dict[str, Any]) -> None:
    """Refuse a snapshot with a difference that nobody explained."""
    if left := [doubt["doubt"] for doubt in data["explanations"] if not doubt["text"]]:
        raise Refused(f"请先说明以下各项：{'；'.join(left)}")


@transaction.atomic
def finish_freeze(*, report: AnnualReport, pdf: bytes, pages: int) -> AnnualReport:
    """Store the PDF made from the snapshot and close the version; the second of two calls changes nothing."""
    held = hold(report)
    if held.state == ReportState.FROZEN:
        return held
    held.machine.step(state=held.state, action="finish")
    held.pdf_hash = hashlib.sha256(pdf).hexdigest()
    held.pdf.save(f"report-{held.pk}-v{held.version}-{held.pdf_hash[:12]}.pdf", ContentFile(pdf), save=False)
    kept: dict[str, Any] = {"pdf": held.pdf, "pdf_hash": held.pdf_hash, "pages": pages, "frozen_at": timezone.now()}
    move(held, "finish", actor=held.frozen_by, **kept)
    drop_preview(report=held)
    remember_heads(printed_in=f"{held.title} v{held.version}")
    return held


@transaction.atomic
def fail_freeze(*, report: AnnualReport, failure: str) -> AnnualReport:
    """Lead a report whose PDF could not be made back to the draft, with the reason kept for the officer."""
    held = hold(report)
    move(held, "fail", actor=held.frozen_by, why=failure, failure=failure, snapshot=None, snapshot_hash="")
    return held


def differences(*, report: AnnualReport) -> list[tuple[str, str, str]]:
    """Return (label, frozen, today) for each figure whose records were edited since the freeze; reads only."""
    if not report.snapshot:
        return []
    now = {figure["key"]: figure for figure in report_data(compose_report(report))["figures"]}
    found = []
    for then in report.snapshot["figures"]:
        today = now.get(then["key"])
        before, after = shown(then), shown(today) if today else "—"
        if before != after:
            found.append((then["label"], before, after))
    return found
