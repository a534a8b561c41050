"""Starting a draft, writing its narrative and explaining what does not reconcile."""

import hashlib
import json
from collections.abc import Mapping

from django.db import transaction

from members.branches.services.tree import union_name
from union_portal.accounts.models import User
from union_portal.annual_report.composing.services import wording
from union_portal.annual_report.composing.services.composing import period_name
from union_portal.annual_report.outlines.models import Outline
from union_portal.annual_report.outlines.services.starting import name_plans
from union_portal.annual_report.reports.enums import ReportState
from union_portal.annual_report.reports.models import AnnualReport, ChapterText, Explanation
from union_portal.base.errors import Conflict, Refused
from union_portal.base.periods import Period
from union_portal.base.steps import CHANGED_MEANWHILE, hold, record


@transaction.atomic
def start_report(*, outline: Outline, period: Period, actor: User | None) -> AnnualReport:
    """Make a draft with the outline's chapters, each with the narrative to start from."""
    name_plans(outline=outline, period=period)
    context = {"year": f"{period.end.year}年", "period": period_name(period), "union": union_name()}
    report = AnnualReport(
        outline=outline,
        title=wording.fill(outline.title, context),
        period_start=period.start,
        period_end=period.end,
        signer=context["union"],
        prepared_by=actor,
    )
    record(report, actor=actor)
    ChapterText.objects.bulk_create(
        ChapterText(report=report, chapter=chapter, text=chapter.narrative) for chapter in outline.chapters.all()
    )
    return report


@transaction.atomic
def write_texts(
    *, report: AnnualReport, texts: Mapping[int, tuple[str, str]], read: Mapping[int, str] | None = None
) -> None:
    """Replace the narratives of these chapters (by chapter id: before and after the figures).

    `read` marks the text that each was written over (see `mark_of`); raises Conflict when somebody changed it since.
    """
    _require_draft(report)
    saved = {text.chapter_id: text for text in report.texts.all()}
    for chapter, (text, closing) in texts.items():
        if read is not None and chapter in saved and read.get(chapter) != mark_of(saved[chapter]):
            raise Conflict(CHANGED_MEANWHILE)
        ChapterText.objects.update_or_create(
            report=report, chapter_id=chapter, defaults={"text": text, "closing": closing}
        )


def mark_of(text: ChapterText) -> str:
    """Return what tells this text from another, for a form to carry."""
    return hashlib.sha256(json.dumps([text.text, text.closing]).encode()).hexdigest()


@transaction.atomic
def explain(*, report: AnnualReport, key: str, text: str, actor: User | None) -> Explanation:
    """Say in a word why a figure's numbers do not agree; refuses an empty explanation."""
    _require_draft(report)
    if not text.strip():
        raise Refused("请用一句话说明两个数为何不同。", field="text")
    explanation, _created = Explanation.objects.update_or_create(
        report=report, key=key, defaults={"text": text.strip(), "by": actor}
    )
    return explanation


@transaction.atomic
def revise(*, report: AnnualReport, reason: str, actor: User | None) -> AnnualReport:
    """Start a new version of a frozen report, with its texts; the frozen one stays as it is."""
    if hold(report).state != ReportState.FROZEN:
        raise Refused("只有已定稿的报告才需修订；草稿直接修改即可。")
    if AnnualReport.objects.filter(revises=report).exists():
        raise Refused("这一版已有修订版，请在最新一版上修订。")
    revised = AnnualReport(
        outline=report.outline,
        title=report.title,
        period_start=report.period_start,
        period_end=report.period_end,
        version=report.version + 1,
        revises=report,
        revision_reason=reason.strip(),
        occasion=report.occasion,
        speaker=report.speaker,
        signer=report.signer,
        signed_on=report.signed_on,
        prepared_by=actor,
    )
    record(revised, actor=actor, why=reason)
    ChapterText.objects.bulk_create(
        ChapterText(report=revised, chapter_id=text.chapter_id, text=text.text, closing=text.closing)
        for text in report.texts.all()
    )
    return revised


def _require_draft(report: AnnualReport) -> None:
    state = hold(report).state
    if state == ReportState.SUBMITTED:
        raise Refused("报告已提交定稿；如需修改请先退回修改。")
    if state != ReportState.DRAFT:
        raise Refused("报告已定稿；如需修改请开始修订。")
