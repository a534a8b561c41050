"""From an outline, a period and the narrative to a draft: figures counted, sentences filled, doubts named."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from members.branches.services.tree import union_name
from union_portal.annual_report.composing.services import wording
from union_portal.annual_report.outlines.models import Outline, OutlineChapter, OutlineLine
from union_portal.base import figures
from union_portal.base.figures import Figure, FigureRequest
from union_portal.base.money import whole
from union_portal.base.periods import Period, months_later


@dataclass(frozen=True)
class DraftLine:
    """A figure in its sentence; the sentence is empty where there is nothing to say."""

    figure: Figure
    section: str
    sentence: str
    in_table: bool = False
    in_chart: bool = False


@dataclass(frozen=True)
class DraftChapter:
    """A chapter with its narrative filled; `unbacked` are numbers in it that no figure backs."""

    heading: str
    narrative: tuple[str, ...] = ()
    closing: tuple[str, ...] = ()
    lines: tuple[DraftLine, ...] = ()
    unbacked: tuple[str, ...] = ()
    guidance: str = ""
    chapter_id: int | None = None


@dataclass(frozen=True)
class Doubt:
    """Two numbers that should agree and do not; it must be explained before the freeze."""

    key: str
    text: str
    explanation: str = ""


@dataclass(frozen=True)
class Draft:
    """A whole report as data. `extra` are figures that only the narrative quotes."""

    outline: str
    style: str
    title: str
    period: Period
    union: str
    salutation: str = ""
    opening: tuple[str, ...] = ()
    closing: tuple[str, ...] = ()
    chapters: tuple[DraftChapter, ...] = ()
    extra: tuple[Figure, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    occasion: str = ""
    speaker: str = ""
    signer: str = ""
    signed_on: dt.date | None = None

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Every figure in the order of the chapters, then those the narrative alone quotes."""
        return (*(line.figure for chapter in self.chapters for line in chapter.lines), *self.extra)

    @property
    def unexplained(self) -> tuple[Doubt, ...]:
        """The doubts that stand in the way of the freeze."""
        return tuple(doubt for doubt in self.doubts if not doubt.explanation)


@dataclass(frozen=True)
class Wording:
    """What people wrote for a report: per chapter the text before and after the figures, and the explanations."""

    texts: Mapping[int, tuple[str, str]] = field(default_factory=dict)
    explanations: Mapping[str, str] = field(default_factory=dict)


def period_name(period: Period) -> str:
    """Return the period as titles write it: 2024年, 2019—2024年, or the days."""
    whole_years = (period.start.month, period.start.day, period.end.month, period.end.day) == (1, 1, 12, 31)
    if not whole_years:
        return f"{period.start:%Y年%-m月%-d日}至{period.end:%Y年%-m月%-d日}"
    if period.start.year == period.end.year:
        return f"{period.start.year}年"
    return f"{period.start.year}—{period.end.year}年"


def line_period(line: OutlineLine, period: Period) -> Period:
    """Return the line's own period: the report's, moved or cut off as the outline says."""
    if line.shift_months:
        period = Period(months_later(period.start, line.shift_months), months_later(period.end, line.shift_months))
    day = line.as_of(period.end.year)
    return Period(min(period.start, day), day) if day is not None else period


def compose(outline: Outline, period: Period, *, written: Wording | None = None) -> Draft:
    """Count the outline's figures and put the report together; reads only."""
    written = written or Wording()
    chapters = list(outline.chapters.prefetch_related("lines"))
    texts = {chapter.pk: written.texts.get(chapter.pk, (chapter.narrative, "")) for chapter in chapters}
    lines = [(chapter, line) for chapter in chapters for line in chapter.lines.all()]
    requests, extra = requests_of(lines, texts, period)
    counted = figures.count([*requests, *extra])
    by_key = {figure.key: figure for figure in counted}
    units = {line.key: line.unit for _chapter, line in lines if line.unit}
    counted = [replace(figure, unit=units.get(figure.key, figure.unit)) for figure in counted]
    numbers = dict(zip([line.pk for _chapter, line in lines], counted, strict=False))
    context = {"year": f"{period.end.year}年", "period": period_name(period), "union": union_name()}
    return Draft(
        outline=outline.code,
        style=outline.style,
        title=wording.fill(outline.title, context),
        period=period,
        union=context["union"],
        salutation=outline.salutation,
        opening=paragraphs(wording.fill(outline.opening, context)),
        closing=paragraphs(wording.fill(outline.closing, context)),
        chapters=tuple(
            DraftChapter(
                heading=chapter.heading,
                narrative=paragraphs(wording.fill_narrative(wording.fill(texts[chapter.pk][0], context), by_key)),
                closing=paragraphs(wording.fill_narrative(texts[chapter.pk][1], by_key)),
                lines=tuple(_line(line, numbers[line.pk], context) for line in chapter.lines.all()),
                unbacked=tuple(wording.unbacked(" ".join(texts[chapter.pk]), counted)),
                guidance=chapter.guidance,
                chapter_id=chapter.pk,
            )
            for chapter in chapters
        ),
        extra=tuple(counted[len(requests) :]),
        doubts=tuple(_doubts(counted, written.explanations)),
    )


def paragraphs(text: str) -> tuple[str, ...]:
    """Return the non-empty lines of a text."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def requests_of(
    lines: Sequence[tuple[OutlineChapter, OutlineLine]], texts: Mapping[int, tuple[str, str]], period: Period
) -> tuple[list[FigureRequest], list[FigureRequest]]:
    """Return what the lines ask for, in their order, and what only the narrative quotes."""
    requests = [
        FigureRequest(line.key, tuple(line.kinds), line_period(line, period), line.label, chapter.heading)
        for chapter, line in lines
    ]
    known = {request.key for request in requests}
    quoted = {key for text in texts.values() for key in wording.quoted(" ".join(text))} - known
    kinds = figures.kinds() if quoted else {}
    return requests, [FigureRequest(key, (key,), period) for key in sorted(quoted) if key in kinds]


def _line(line: OutlineLine, figure: Figure, context: Mapping[str, str]) -> DraftLine:
    if figure.reason and not (figure.heads or figure.times or figure.amount):
        sentence = f"{figure.label}未开展：{figure.reason}"
    elif figure.empty:
        sentence = ""
    else:
        sentence = wording.fill(line.sentence, {**wording.parts(figure, decimals=line.decimals), **context})
    return DraftLine(figure, line.section, sentence, line.in_table, line.in_chart)


def _doubts(counted: Sequence[Figure], explanations: Mapping[str, str]) -> Iterable[Doubt]:
    for figure in counted:
        text = ""
        if figure.unit_price is not None and figure.times and figure.amount is not None:
            product = figure.unit_price * figure.times
            if product != figure.amount:
                text = (
                    f"{figure.label}：单价{whole(figure.unit_price)}元 × {figure.times}份 ="
                    f" {whole(product)}元，与合计{whole(figure.amount)}元不符"
                )
        elif figure.numerator is not None and figure.denominator is not None and figure.numerator > figure.denominator:
            unit = "" if figure.unit == "%" else "人"
            more, base = whole(figure.numerator), whole(figure.denominator)
            text = f"{figure.label}：{more}{unit}，多于基数{base}{unit}"
        if text:
            yield Doubt(figure.key, text, explanations.get(figure.key, ""))
    for found in figures.mismatches(counted):
        yield Doubt(found.key, found.text, explanations.get(found.key, "") or found.explanation)
