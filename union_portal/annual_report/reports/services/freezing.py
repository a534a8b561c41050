"""Freezing: figures, text and PDF are stored together with their hashes, and never change again.

draft → freezing takes the snapshot; the worker makes the PDF from the snapshot alone; freezing → frozen stores the PDF,
both hashes and the ledger's heads in one transaction. A failed render leads back to the draft and says why.
"""

import hashlib

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from union_portal.accounts.models import User
from union_portal.annual_report.composing.services.composing import Draft
from union_portal.annual_report.composing.services.data import digest, report_data, snapshot
from union_portal.annual_report.reports.enums import REPORT_MACHINE, ReportState
from union_portal.annual_report.reports.models import AnnualReport, ReportMove
from union_portal.annual_report.reports.services.composing import compose_report
from union_portal.annual_report.reports.services.previewing import drop_preview
from union_portal.base.errors import Refused
from welfare.ledger.services.heads import heads, remember_heads


def why_not_freeze(*, draft: Draft) -> list[str]:
    """Return what stands in the way of freezing a composed draft, in Chinese; empty when nothing does."""
    return [doubt.text for doubt in draft.unexplained]


@transaction.atomic
def begin_freeze(*, report: AnnualReport, actor: User) -> AnnualReport:
    """Take the snapshot of figures and text; the PDF is then made by the worker.

    Refuses while numbers that should agree are unexplained, and when somebody else is freezing the report.
    """
    locked = AnnualReport.objects.select_for_update().get(pk=report.pk)
    target = REPORT_MACHINE.target(state=locked.state, action="freeze")
    if locked.signed_on is None:
        locked.signed_on = timezone.localdate()
    draft = compose_report(locked)
    if obstacles := why_not_freeze(draft=draft):
        raise Refused("请先说明以下各项：{doubts}".format(doubts="；".join(obstacles)))
    data = snapshot(draft) | {"ledger_heads": [str(head) for head in heads()]}
    _move(locked, action="freeze", target=target, actor=actor)
    locked.snapshot, locked.snapshot_hash, locked.frozen_by, locked.failure = data, digest(data), actor, ""
    locked.save()
    return locked


def refuse_unexplained(report: AnnualReport) -> None:
    """Refuse to print a snapshot with a difference that nobody explained."""
    told = (report.snapshot or {}).get("explanations", [])
    if left := [doubt["doubt"] for doubt in told if not doubt["text"]]:
        raise Refused("请先说明以下各项：{doubts}".format(doubts="；".join(left)))


@transaction.atomic
def finish_freeze(*, report: AnnualReport, pdf: bytes, pages: int) -> AnnualReport:
    """Store the PDF made from the snapshot and close the version; the second of two calls changes nothing."""
    locked = AnnualReport.objects.select_for_update().get(pk=report.pk)
    if locked.state == ReportState.FROZEN:
        return locked
    target = REPORT_MACHINE.target(state=locked.state, action="finish")
    locked.pdf_hash = hashlib.sha256(pdf).hexdigest()
    locked.pdf.save(f"report-{locked.pk}-v{locked.version}-{locked.pdf_hash[:12]}.pdf", ContentFile(pdf), save=False)
    locked.pages, locked.frozen_at = pages, timezone.now()
    _move(locked, action="finish", target=target, actor=locked.frozen_by)
    locked.save()
    drop_preview(report=locked)
    remember_heads(printed_in=f"{locked.title} v{locked.version}")
    return locked


@transaction.atomic
def fail_freeze(*, report: AnnualReport, failure: str) -> AnnualReport:
    """Lead a report whose PDF could not be made back to the draft, with the reason kept for the officer."""
    locked = AnnualReport.objects.select_for_update().get(pk=report.pk)
    target = REPORT_MACHINE.target(state=locked.state, action="fail")
    _move(locked, action="fail", target=target, actor=locked.frozen_by, reason=failure)
    locked.failure, locked.snapshot, locked.snapshot_hash = failure, None, ""
    locked.save()
    return locked


def differences(*, report: AnnualReport) -> list[tuple[str, str, str]]:
    """Return (label, frozen, today) for each figure whose records were edited since the freeze; reads only."""
    if not report.snapshot:
        return []
    now = {figure["key"]: figure for figure in report_data(compose_report(report))["figures"]}
    found = []
    for then in report.snapshot["figures"]:
        today = now.get(then["key"])
        before, after = _numbers(then), _numbers(today) if today else "—"
        if before != after:
            found.append((then["label"], before, after))
    return found


def _numbers(figure: dict[str, object]) -> str:
    if figure["unit"] == "%":
        return f"{figure['numerator']}/{figure['denominator']}"
    units = {"heads": "人", "times": "次", "amount": "元"}
    return "，".join(f"{figure[name]}{unit}" for name, unit in units.items() if figure[name] is not None) or "—"


def _move(report: AnnualReport, *, action: str, target: str, actor: User | None, reason: str = "") -> None:
    ReportMove.objects.create(
        subject=report, action=action, source=report.state, target=target, actor=actor, reason=reason
    )
    report.state = target
