"""Freezing: figures, text and PDF are stored together with their hashes, and never change again.

One asks for the freeze, another confirms it. submitted → freezing takes the snapshot; the worker makes the PDF from the
snapshot alone; freezing → frozen stores the PDF, both hashes and the ledger's heads in one transaction. A failed render
leads back to the report that waits for its confirmation and says why.
"""

import hashlib
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from union_portal.accounts.models import User
from union_portal.annual_report.composing.services.data import digest, report_data, snapshot
from union_portal.annual_report.reports.enums import ReportState
from union_portal.annual_report.reports.models import AnnualReport, UnsavedText
from union_portal.annual_report.reports.services.composing import compose_report
from union_portal.annual_report.reports.services.previewing import drop_preview
from union_portal.annual_report.reports.services.quoting import left_open
from union_portal.base.errors import Refused
from union_portal.base.figures.wording import shown
from union_portal.base.living import drop, is_at_work
from union_portal.base.moments import minute
from union_portal.base.steps import hold, move, take
from welfare.ledger.services.heads import heads, remember_heads

GIVEN_UP = "后台没有完成定稿；可以重新确认定稿，或退回修改"


def progress_key(report_id: int) -> str:
    """Return the key under which the page that waits finds the progress."""
    return f"annual_report:{report_id}"


@transaction.atomic
def submit(*, report: AnnualReport, actor: User, aware: bool = False) -> AnnualReport:
    """Ask for the freeze: from now on the text stands still until somebody else confirms or sends it back.

    Refuses what could not be frozen, and a period that still runs unless the asker is aware of it.
    """
    held = hold(report)
    held.machine.step(state=held.state, action="submit")
    _refuse_running(held, aware=aware)
    if mine := [str(one.section) for one in _unsaved(held).filter(by=actor)]:
        raise Refused(f"您有自动保存、尚未写入报告的文字（{'、'.join(mine)}），请先保存或放弃。")
    refuse_unfit(snapshot(compose_report(held)))
    move(held, "submit", actor=actor, submitted_by=actor, frozen_by=None, failure="")
    return held


@transaction.atomic
def send_back(*, report: AnnualReport, actor: User, why: str) -> AnnualReport:
    """Lead a report that waits for its confirmation back to the draft."""
    return take(subject=report, action="send_back", actor=actor, why=why)


@transaction.atomic
def begin_freeze(*, report: AnnualReport, actor: User, aware: bool = False) -> AnnualReport:
    """Confirm the freeze: take the snapshot of figures and text; the PDF is then made by the worker.

    Refuses whoever asked for the freeze, what stands open in the text, numbers that should agree and are unexplained, a
    period that still runs unless the confirmer is aware of it, and when somebody else is freezing the report.
    """
    held = hold(report)
    held.machine.step(state=held.state, action="freeze")
    if held.submitted_by_id in {None, actor.pk}:
        raise Refused("提交定稿的人不能自己确认，请由另一位负责人确认定稿。")
    _refuse_running(held, aware=aware)
    held.signed_on = held.signed_on or timezone.localdate()
    # The ledger is the school's: no figure of a branch is counted from it.
    printed = [] if held.branch_id else [str(head) for head in heads()]
    data = snapshot(compose_report(held)) | {"ledger_heads": printed}
    refuse_unfit(data)
    kept: dict[str, Any] = {"snapshot": data, "snapshot_hash": digest(data), "signed_on": held.signed_on}
    move(held, "freeze", actor=actor, frozen_by=actor, failure="", **kept)
    return held


def left_unsaved(report: AnnualReport) -> str:
    """Say whose words were kept while typing and never saved, so that the report will not have them; else nothing."""
    left = [f"{one.by}（{one.section}，{minute(one.at)}）" for one in _unsaved(report)]
    return f"以下文字只是自动保存，没有写入报告，定稿时不计入：{'、'.join(left)}。" if left else ""


def _unsaved(report: AnnualReport) -> QuerySet[UnsavedText]:
    return UnsavedText.objects.filter(report=report).select_related("section__chapter", "by").order_by("pk")


def still_running(report: AnnualReport) -> str:
    """Say that the report's period is not over yet, and what that does to its figures; empty once it is."""
    today = timezone.localdate()
    if report.period_end <= today:
        return ""
    return (
        f"统计期到 {report.period_end:%Y-%m-%d} 才结束，今天是 {today:%Y-%m-%d}："
        "“截至统计期末”的数据只到今天为止，此后登记的不会进入本版。"
    )


def _refuse_running(report: AnnualReport, *, aware: bool) -> None:
    if not aware and (words := still_running(report)):
        raise Refused(f"{words}请勾选确认后再办理。", field="aware")


def refuse_unfit(data: dict[str, Any]) -> None:
    """Refuse a snapshot with a figure that stands open in its text, or a difference that nobody explained."""
    if left := left_open(data):
        raise Refused(f"以下数据没有填上，请先修改：{'；'.join(left)}")
    refuse_unexplained(data)


def refuse_unexplained(data: dict[str, Any]) -> None:
    """Refuse a snapshot with a difference that nobody explained."""
    if left := [doubt["doubt"] for doubt in data["explanations"] if not doubt["text"]]:
        raise Refused(f"请先说明以下各项：{'；'.join(left)}")


@transaction.atomic
def finish_freeze(*, report: AnnualReport, pdf: bytes, docx: bytes, pages: int) -> AnnualReport:
    """Store PDF and Word made from the snapshot and close the version; the second of two calls changes nothing."""
    held = hold(report)
    if held.state == ReportState.FROZEN:
        return held
    held.machine.step(state=held.state, action="finish")
    held.pdf_hash = hashlib.sha256(pdf).hexdigest()
    held.pdf.save(f"report-{held.pk}-v{held.version}-{held.pdf_hash[:12]}.pdf", ContentFile(pdf), save=False)
    held.docx_hash = hashlib.sha256(docx).hexdigest()
    held.docx.save(f"report-{held.pk}-v{held.version}-{held.docx_hash[:12]}.docx", ContentFile(docx), save=False)
    kept: dict[str, Any] = {name: getattr(held, name) for name in ("pdf", "pdf_hash", "docx", "docx_hash")}
    move(held, "finish", actor=held.frozen_by, **kept, pages=pages, frozen_at=timezone.now())
    drop_preview(report=held)
    if held.branch_id is None:
        remember_heads(printed_in=f"{held.title} v{held.version}")
    return held


@transaction.atomic
def fail_freeze(report: AnnualReport, failure: str) -> AnnualReport:
    """Lead a report whose PDF could not be made back to its confirmation, with the reason kept for the officer.

    Changes nothing once it is no longer being frozen.
    """
    held = hold(report)
    if held.state == ReportState.FREEZING:
        move(held, "fail", actor=held.frozen_by, why=failure, failure=failure, snapshot=None, snapshot_hash="")
    return held


def is_abandoned(report: AnnualReport) -> bool:
    """Tell whether the report is being frozen and no job will end that any more."""
    return report.state == ReportState.FREEZING and not is_at_work(progress_key(report.pk))


@transaction.atomic
def give_up_freeze(*, report: AnnualReport, actor: User) -> AnnualReport:
    """Lead a report back to its confirmation whose job was lost; refused while a job is at it."""
    held = hold(report)
    held.machine.step(state=held.state, action="fail")
    if not is_abandoned(held):
        raise Refused("后台正在生成 PDF，请稍候；完成或失败后本页会显示结果。")
    drop(progress_key(held.pk))
    move(held, "fail", actor=actor, why=GIVEN_UP, failure=GIVEN_UP, snapshot=None, snapshot_hash="")
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
