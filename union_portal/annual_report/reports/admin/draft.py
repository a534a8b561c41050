"""The page of a report: a draft to write in, with live figures, or the frozen version and what changed since."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from django import forms
from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse, QueryDict
from django.template.response import TemplateResponse
from django.urls import reverse

from union_portal.accounts.requests import account_of
from union_portal.annual_report.composing.services.composing import Draft, DraftSection
from union_portal.annual_report.composing.services.data import sections_of, snapshot
from union_portal.annual_report.reports.admin.pages import with_rows
from union_portal.annual_report.reports.enums import LIVE, ReportState
from union_portal.annual_report.reports.models import AnnualReport, ReportPreview, SectionText, UnsavedText
from union_portal.annual_report.reports.services.composing import compose_report
from union_portal.annual_report.reports.services.confirming import who_confirms
from union_portal.annual_report.reports.services.drafting import boxes
from union_portal.annual_report.reports.services.freezing import (
    differences,
    is_abandoned,
    progress_key,
    still_running,
)
from union_portal.annual_report.reports.services.quoting import Read, faults_of, read, with_figures
from union_portal.annual_report.reports.services.writing import TAKES, Typed, is_stale, mark_of, unsaved_of
from union_portal.base import jobs
from union_portal.base.admin.step_links import step_links
from union_portal.base.errors import DomainError
from union_portal.base.periods import Period
from union_portal.base.steps import timeline

_REFRESH_SECONDS = "2"


def typed_into(sent: QueryDict) -> dict[int, Typed]:
    """Return what a form says about the sections whose boxes it carries, by section id."""
    numbers = [name.removeprefix("text-") for name in sent if name.startswith("text-")]
    return {int(number): _typed(sent, number) for number in numbers if number.isascii() and number.isdigit()}


def _typed(sent: QueryDict, number: str) -> Typed:
    def whole(name: str) -> int | None:
        value = sent.get(f"{name}-{number}", "")
        return int(value) if value.isascii() and value.isdigit() else None

    return Typed(
        text=sent.get(f"text-{number}", ""),
        closing=sent.get(f"closing-{number}", ""),
        over=whole("over") or 0,
        mark=sent.get(f"mark-{number}", ""),
        take=sent.get(f"take-{number}", ""),
        seen=whole("seen"),
        kept=sent.get(f"kept-{number}", ""),
    )


@dataclass(frozen=True)
class Desk:
    """What the sections of a draft are shown with: who writes, what is saved, kept and typed, and what is wrong."""

    saved: Mapping[int, SectionText]
    unsaved: Mapping[int, UnsavedText]
    sent: Mapping[int, Typed]
    faults: Mapping[str, list[str]]
    reading: Mapping[str, Read]

    def part(self, source: DraftSection) -> dict[str, Any]:
        """Return what the section's part of the form shows."""
        number = source.section_id or 0
        typed, saved, unsaved = self.words(source), self.saved.get(number), self.unsaved.get(number)
        return {
            "number": number,
            "typed": typed,
            "text": typed.words[0],
            "closing": typed.words[1],
            "wrong": {name: self.faults.get(f"{name}-{number}", []) for name in ("text", "closing")},
            "before": with_figures(self.reading[f"text-{number}"]),
            "after": with_figures(self.reading[f"closing-{number}"]),
            "theirs": saved if is_stale(typed, saved) else None,
            "unsaved": unsaved if number not in self.sent else None,
        }

    def words(self, source: DraftSection) -> Typed:
        """Return what stands in the boxes: what was just sent, else what was kept, else what is saved."""
        number = source.section_id or 0
        if number in self.sent:
            return self.sent[number]
        saved, mark = self.saved.get(number), mark_of(source.text, source.closing)
        version = saved.version if saved else 0
        if (kept := self.unsaved.get(number)) is not None:
            told = mark_of(kept.text, kept.closing)
            return Typed(kept.text, kept.closing, kept.over, mark if kept.over == version else "", kept=told)
        return Typed(source.text, source.closing, version, mark)


def draft_page(
    model_admin: Any, request: HttpRequest, report: AnnualReport, *, head: forms.BaseForm, refusal: DomainError | None
) -> HttpResponse:
    """Show a draft with live figures, a report being frozen, or a frozen version and what changed since."""
    prefetch_related_objects([report], "texts")
    draft = compose_report(report) if report.state in LIVE else None
    may_write = report.state == ReportState.DRAFT and request.user.has_perm("annual_report.change_annualreport", report)
    data = snapshot(draft) if draft else report.snapshot or {"chapters": [], "figures": []}
    by_key = {figure["key"]: with_rows(report, figure) for figure in data["figures"]}
    desk = _desk(request, report, draft) if draft and may_write else None
    reading = _reading(report, draft) if draft and not desk else {}
    chapters = [
        _chapter(chapter, by_key, draft.chapters[place].sections if draft else (), desk, reading)
        for place, chapter in enumerate(data["chapters"])
    ]
    used = {line["key"] for chapter in data["chapters"] for line in chapter["lines"]}
    context = {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "original": report,
        "title": report.title,
        "report": report,
        "head": head,
        "refusal": refusal,
        "problems": [one for chapter in chapters for section in chapter["sections"] for one in _problems(section)],
        "may_write": may_write,
        "is_saved": "saved" in request.GET,
        "takes": TAKES,
        "chapters": chapters,
        "extra": [figure for key, figure in by_key.items() if key not in used],
        "doubts": draft.doubts if draft else (),
        "explanations": data.get("explanations", []),
        "differences": differences(report=report) if report.state == ReportState.FROZEN else [],
        "progress": jobs.find(progress_key(report.pk)) if report.state == ReportState.FREEZING else None,
        "steps": _steps(report),
        "steps_on": _steps_on(model_admin, request, report),
        "running": still_running(report) if draft else "",
        "moves": timeline(report),
        "pdf": reverse("admin:annual_report_pdf", args=[report.pk]) if report.pdf else "",
        "docx": reverse("admin:annual_report_docx", args=[report.pk]) if report.docx else "",
        "preview": reverse("admin:annual_report_preview", args=[report.pk])
        if draft and ReportPreview.objects.filter(report=report).exists()
        else "",
        "confirms": who_confirms(report, asked_by=report.submitted_by) if report.state == ReportState.SUBMITTED else "",
        "abandoned": is_abandoned(report),
        "period": Period(report.period_start, report.period_end).label(),
    }
    status = 422 if refusal or head.errors else 200
    response = TemplateResponse(request, "annual_report/reports/draft.html", context, status=status)
    if report.state == ReportState.FREEZING:
        response["Refresh"] = _REFRESH_SECONDS
    return response


def _desk(request: HttpRequest, report: AnnualReport, draft: Draft) -> Desk:
    saved = {text.section_id: text for text in report.texts.all()}
    desk = Desk(saved, unsaved_of(report, account_of(request)), typed_into(request.POST), {}, {})
    sections = [section for chapter in draft.chapters for section in chapter.sections]
    texts = boxes({one.section_id or 0: desk.words(one).words for one in sections})
    faults = faults_of(report, texts) if request.method == "POST" else {}
    return Desk(saved, desk.unsaved, desk.sent, faults, read(report, texts, known=draft.figures))


def _reading(report: AnnualReport, draft: Draft) -> Mapping[str, Read]:
    """Return how the chair's words read where nobody writes any more: every number of the portal leads to its rows."""
    sections = [section for chapter in draft.chapters for section in chapter.sections]
    texts = boxes({one.section_id or 0: (one.text, one.closing) for one in sections})
    return read(report, texts, known=draft.figures)


def _chapter(
    chapter: dict[str, Any],
    by_key: Mapping[str, Any],
    sources: tuple[DraftSection, ...],
    desk: Desk | None,
    reading: Mapping[str, Read],
) -> dict[str, Any]:
    sections = []
    for section, source in zip_longest(sections_of(chapter), sources):
        said: dict[str, Any] = {
            name: [[{"text": text}] for text in section[name]] for name in ("before", "paragraphs", "after")
        }
        if source:
            number = source.section_id or 0
            said["paragraphs"] = source.pieces
            said["before"] = reading.get(f"text-{number}", said["before"])
            said["after"] = reading.get(f"closing-{number}", said["after"])
        part = desk.part(source) if desk and source else None
        sections.append({"heading": section["heading"], "source": source, "said": said, "part": part})
    lines = [{**line, "figure": by_key[line["key"]]} for line in chapter["lines"]]
    return {**chapter, "lines": lines, "sections": sections}


def _problems(section: dict[str, Any]) -> list[dict[str, str]]:
    """Return what keeps the section from being saved, each with the box it is about."""
    part = section["part"]
    if part is None:
        return []
    number, name = part["number"], section["heading"] or "本章开头"
    found = [(f"{box}-{number}", fault) for box, faults in part["wrong"].items() for fault in faults]
    if part["theirs"] is not None:
        found.append((f"both-{number}", "同事已保存了这一节，请对照后选择"))
    return [{"box": box, "words": f"{name}：{words}"} for box, words in found]


def _steps_on(model_admin: Any, request: HttpRequest, report: AnnualReport) -> list[dict[str, Any]]:
    """Return the buttons of the steps that this account may take now; the preview has its own."""
    return [one for one in step_links(model_admin, request, report) if one["name"] != "preview_draft"]


def _steps(report: AnnualReport) -> list[dict[str, Any]]:
    order = list(ReportState)
    at = order.index(ReportState(report.state))
    last = len(order) - 1
    return [
        {"label": state.label, "state": "done" if index < at or at == last else "current" if index == at else "ahead"}
        for index, state in enumerate(order)
    ]
