"""The two outlines the portal ships; a school changes them as it likes, so a present one is never touched."""

import re

from django.db import transaction
from django.db.models import Q

from members.totals.models import SummaryRecord
from union_portal.annual_report.outlines.enums import Style
from union_portal.annual_report.outlines.models import (
    Outline,
    OutlineChapter,
    OutlineLine,
    OutlineParagraph,
    OutlineSection,
)
from union_portal.annual_report.outlines.services.shipped import Line, Section, Shipped
from union_portal.annual_report.outlines.services.speech import SPEECH
from union_portal.annual_report.outlines.services.summary import SUMMARY
from union_portal.base.periods import Period
from welfare.mutual_aid.models import MutualAidPlan

SHIPPED = {Style.SPEECH: SPEECH, Style.SUMMARY: SUMMARY}
STEP = 10
COVER = "welfare.cover"
# Told of each plan at the end of the sentence about cover, after a colon.
_CLAUSE = "〔、{%(key)s:label}{%(key)s:heads}人〔（{%(key)s:amount_wan}）〕〕"
_OF_COVER = re.compile(rf"\{{{COVER}:.*?(?=。|$)", re.DOTALL)


@transaction.atomic
def ensure_outlines() -> None:
    """Create the shipped outlines that are not there yet; never changes one that is."""
    for shipped in SHIPPED.values():
        if not Outline.objects.filter(code=shipped.code).exists():
            _make(shipped, code=shipped.code, name=shipped.name)


def is_behind(outline: Outline) -> bool:
    """Tell whether the portal ships a paragraph of this style that no outline of the style has."""
    texts = OutlineParagraph.objects.filter(section__chapter__outline__style=outline.style)
    there = list(texts.values_list("text", flat=True))
    shipped = [text for one in _sections(SHIPPED[Style(outline.style)]) for text in one.paragraphs]
    # The plans' clauses stand in the sentence about cover.
    return not all(f"{{{COVER}:" in one or one in there for one in shipped)


@transaction.atomic
def begin_anew(*, outline: Outline) -> Outline:
    """Make another outline of the style as the portal ships it now; the one that is there and its reports stay."""
    shipped = SHIPPED[Style(outline.style)]
    taken = set(Outline.objects.values_list("code", flat=True)) | set(Outline.objects.values_list("name", flat=True))
    number = next(
        one for one in range(2, 1000) if taken.isdisjoint((f"{shipped.code}-{one}", f"{shipped.name}（{one}）"))
    )
    return _make(shipped, code=f"{shipped.code}-{number}", name=f"{shipped.name}（{number}）")


def _make(shipped: Shipped, *, code: str, name: str) -> Outline:
    fields = {name: value for name, value in shipped._asdict().items() if name not in {"code", "name", "chapters"}}
    outline = Outline.objects.create(code=code, name=name, **fields)
    for position, one in enumerate(shipped.chapters, start=1):
        chapter = OutlineChapter.objects.create(outline=outline, position=position, heading=one.heading)
        for place, section in enumerate(one.sections, start=1):
            add_section(chapter, section, position=place * STEP)
    return outline


def _sections(shipped: Shipped) -> list[Section]:
    return [section for chapter in shipped.chapters for section in chapter.sections]


def add_section(chapter: OutlineChapter, section: Section, *, position: int) -> OutlineSection:
    """Put a shipped section into a chapter, its lines after those that the chapter has."""
    made = OutlineSection.objects.create(
        chapter=chapter,
        position=position,
        heading=section.heading,
        theme=section.theme,
        guidance=section.guidance,
        starter=section.starter,
    )
    OutlineParagraph.objects.bulk_create(
        OutlineParagraph(section=made, position=place * STEP, text=text)
        for place, text in enumerate(section.paragraphs, start=1)
    )
    last = chapter.lines.order_by("-position").values_list("position", flat=True).first() or 0
    OutlineLine.objects.bulk_create(
        _line(chapter, line, last + place * STEP) for place, line in enumerate(section.lines, start=1)
    )
    return made


def ensure_plan_lines(*, outline: Outline, plans: list[tuple[str, str]]) -> None:
    """Add a line and words for each mutual-aid plan (code, name) that the outline does not count yet."""
    chapter = outline.chapters.filter(lines__kinds__contains=[COVER]).first()
    if chapter is None:
        return
    present = set(chapter.lines.values_list("key", flat=True))
    last = chapter.lines.order_by("-position").values_list("position", flat=True).first() or 0
    told = OutlineParagraph.objects.filter(section__chapter=chapter, text__contains=f"{{{COVER}:").first()
    clauses = ""
    new = [(f"{COVER}.{code}", name) for code, name in plans if f"{COVER}.{code}" not in present]
    for place, (key, name) in enumerate(new, start=1):
        OutlineLine.objects.create(
            chapter=chapter, position=last + place, key=key, kinds=[key], label=name, in_table=True
        )
        clauses += _CLAUSE % {"key": key}
    if told is not None and clauses:
        told.text = _OF_COVER.sub(lambda match: _with_plans(match[0], clauses), told.text, count=1)
        told.save()


def _with_plans(sentence: str, clauses: str) -> str:
    colon = "" if f"〔、{{{COVER}." in sentence else "："
    return f"{sentence}{colon}{clauses}"


@transaction.atomic
def name_plans(*, outline: Outline, period: Period) -> None:
    """Give each mutual-aid plan of which the period has covers or totals a line of its own in the outline."""
    span = (period.start, period.end)
    totals = SummaryRecord.objects.filter(period_start__lte=period.end, period_end__gte=period.start)
    told = {kind.removeprefix(f"{COVER}.") for row in totals.values_list("kinds", flat=True) for kind in row}
    plans = MutualAidPlan.objects.filter(Q(covers__paid_on__range=span) | Q(code__in=told)).distinct()
    ensure_plan_lines(outline=outline, plans=list(plans.order_by("code").values_list("code", "name")))


def _line(chapter: OutlineChapter, line: Line, position: int) -> OutlineLine:
    return OutlineLine(
        chapter=chapter,
        position=position,
        key=line.key,
        kinds=[line.key],
        label=line.label,
        in_table=line.table,
        in_chart=line.chart,
        unit=line.unit,
    )
