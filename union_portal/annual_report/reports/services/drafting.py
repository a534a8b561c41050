"""Starting a draft, writing the chair's words and explaining what does not reconcile."""

from collections.abc import Mapping

from django.db import transaction

from members.branches.enums import BranchKind
from members.branches.models import Branch
from union_portal.accounts.models import User
from union_portal.annual_report.composing.services.composing import compose
from union_portal.annual_report.outlines.models import Outline
from union_portal.annual_report.outlines.services.starting import name_plans
from union_portal.annual_report.reports.enums import ReportState
from union_portal.annual_report.reports.models import AnnualReport, Explanation, SectionText, UnsavedText
from union_portal.annual_report.reports.services.quoting import faults_of
from union_portal.base.errors import Refused
from union_portal.base.periods import Period
from union_portal.base.steps import hold, record


@transaction.atomic
def start_report(*, outline: Outline, period: Period, actor: User | None, branch: Branch | None = None) -> AnnualReport:
    """Make a draft of the school or of one branch: the outline's sections, each with the text to start from."""
    if branch is not None and branch.kind == BranchKind.SCHOOL:
        raise Refused("校工会的报告就是全校的报告，不必选择分工会。", field="branch")
    name_plans(outline=outline, period=period)
    draft = compose(outline, period, branch=branch)
    report = AnnualReport(
        outline=outline,
        branch=branch,
        title=draft.title,
        period_start=period.start,
        period_end=period.end,
        signer=draft.signer,
        prepared_by=actor,
    )
    record(report, actor=actor)
    SectionText.objects.bulk_create(
        SectionText(report=report, section_id=section.section_id, text=section.text)
        for chapter in draft.chapters
        for section in chapter.sections
    )
    return report


@transaction.atomic
def write_texts(*, report: AnnualReport, texts: Mapping[int, tuple[str, str]]) -> None:
    """Replace the chair's words in these sections (by section id: before and after the paragraphs).

    Raises Refused at the box (`text-7`, `closing-7`) in which a figure is quoted that there is none of.
    """
    require_draft(report)
    saved = {text.section_id: text for text in report.texts.all()}
    if faults := faults_of(report, boxes(texts)):
        field, said = next(iter(faults.items()))
        raise Refused("；".join(said), field=field)
    for section, (text, closing) in texts.items():
        held = saved.get(section) or SectionText(report=report, section_id=section)
        if held.pk is None or (held.text, held.closing) != (text, closing):
            held.text, held.closing, held.version = text, closing, held.version + 1
            held.save()


def boxes(words: Mapping[int, tuple[str, str]]) -> dict[str, str]:
    """Return texts by the name of the box that each is typed into."""
    return {
        f"{name}-{section}": text
        for section, both in words.items()
        for name, text in zip(("text", "closing"), both, strict=True)
    }


@transaction.atomic
def explain(*, report: AnnualReport, key: str, text: str, actor: User | None) -> Explanation:
    """Say in a word why a figure's numbers do not agree; refuses an empty explanation."""
    require_draft(report)
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
        branch=report.branch,
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
        sources=report.sources,
        prepared_by=actor,
    )
    record(revised, actor=actor, why=reason)
    SectionText.objects.bulk_create(
        SectionText(report=revised, section_id=text.section_id, text=text.text, closing=text.closing)
        for text in report.texts.all()
    )
    # What somebody had typed and never saved is offered to them again.
    UnsavedText.objects.filter(report=report).update(report=revised)
    return revised


def require_draft(report: AnnualReport) -> None:
    """Refuse a report whose words do not change any more; it is locked until the transaction ends."""
    state = hold(report).state
    if state == ReportState.SUBMITTED:
        raise Refused("报告已提交定稿；如需修改请先退回修改。")
    if state != ReportState.DRAFT:
        raise Refused("报告已定稿；如需修改请开始修订。")
