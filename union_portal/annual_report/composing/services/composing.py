"""From an outline, a period and people's own words to a draft: figures counted, paragraphs said, doubts named."""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from congress.sessions.models import Sitting
from members.branches.models import Branch
from members.branches.services.tree import signatory, union_name
from union_portal.annual_report.composing.services import wording
from union_portal.annual_report.outlines.models import Outline, OutlineChapter, OutlineLine, OutlineSection
from union_portal.base import figures
from union_portal.base.figures import Figure, FigureRequest, sentences
from union_portal.base.figures.parts import parts
from union_portal.base.figures.sentences import Piece
from union_portal.base.money import exact
from union_portal.base.periods import Period, Span

Words = Mapping[str, str]
Texts = Mapping[int, tuple[str, str]]


@dataclass(frozen=True)
class DraftLine:
    """A figure of the report and where it stands besides the paragraphs."""

    figure: Figure
    in_table: bool = False
    in_chart: bool = False


@dataclass(frozen=True)
class DraftSection:
    """A section as it is read: the chair's words, the paragraphs between them, each a text; `pieces` the same, linked.

    `text` and `closing` are the chair's words as typed, or what there is to start from; `unbacked` are numbers in them
    that no figure backs.
    """

    heading: str = ""
    before: tuple[str, ...] = ()
    paragraphs: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    pieces: tuple[tuple[Piece, ...], ...] = ()
    text: str = ""
    closing: str = ""
    starter: str = ""
    guidance: str = ""
    unbacked: tuple[str, ...] = ()
    section_id: int = 0


@dataclass(frozen=True)
class DraftChapter:
    """A chapter with its sections, and the figures counted for it."""

    heading: str
    sections: tuple[DraftSection, ...] = ()
    lines: tuple[DraftLine, ...] = ()


@dataclass(frozen=True)
class Doubt:
    """Two numbers that should agree and do not; it must be explained before the freeze."""

    key: str
    text: str
    explanation: str = ""


@dataclass(frozen=True)
class Draft:
    """A whole report as data. `extra` are figures that texts quote and no line names."""

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
    sources: bool = True

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Every figure in the order of the chapters, then those that texts alone quote."""
        return (*(line.figure for chapter in self.chapters for line in chapter.lines), *self.extra)

    @property
    def unexplained(self) -> tuple[Doubt, ...]:
        """The doubts that stand in the way of the freeze."""
        return tuple(doubt for doubt in self.doubts if not doubt.explanation)


@dataclass(frozen=True)
class Wording:
    """What people wrote for a report: by section the words before and after its paragraphs, and the explanations."""

    texts: Texts = field(default_factory=dict)
    explanations: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Numbers:
    """Figures by the key under which texts quote them; `decimals` of 万元 where a line says otherwise than two."""

    figures: Mapping[str, Figure]
    decimals: Mapping[str, int] = field(default_factory=dict)
    _told: dict[str, dict[str, str]] = field(default_factory=dict)

    def __call__(self, key: str, part: str) -> str | None:
        """Return a part of a figure in words; None when nobody counts the figure or it has no such part."""
        if key not in self._told:
            figure = self.figures.get(key)
            self._told[key] = parts(figure, decimals=self.decimals.get(key, 2)) if figure is not None else {}
        return self._told[key].get(part)


def period_name(period: Period) -> str:
    """Return the period as titles write it: 2024年, 2019—2024年, or the days."""
    whole_years = (period.start.month, period.start.day, period.end.month, period.end.day) == (1, 1, 12, 31)
    if not whole_years:
        return f"{period.start:%Y年%-m月%-d日}至{period.end:%Y年%-m月%-d日}"
    if period.start.year == period.end.year:
        return f"{period.start.year}年"
    return f"{period.start.year}—{period.end.year}年"


def line_period(line: OutlineLine, period: Period, opened: dt.date | None = None) -> Period:
    """Return the line's own period: the report's, or a span by name or of its own days, moved or cut off as told."""
    period = Span(line.span).over(period, since=line.starts_on, until=line.ends_on, opened=opened)
    if line.shift_months:
        period = period.moved(line.shift_months)
    day = line.as_of(period.end.year)
    return Period(min(period.start, day), day) if day is not None else period


def words_of(period: Period, branch: Branch | None = None) -> dict[str, str]:
    """Return the words that an outline's texts may use: {year}, {period}, {union}; a branch reports in its own name."""
    union = branch.name if branch is not None else union_name()
    return {"year": f"{period.end.year}年", "period": period_name(period), "union": union}


def chapters_of(outline: Outline) -> list[OutlineChapter]:
    """Return the outline's chapters with all that stands in them."""
    return list(outline.chapters.prefetch_related("lines", "sections__paragraphs"))


def compose(outline: Outline, period: Period, *, written: Wording | None = None, branch: Branch | None = None) -> Draft:
    """Count the outline's figures and put the report together, of the school or of one branch; reads only.

    What is counted of no branch stands in no branch's report.
    """
    written = written or Wording()
    chapters = chapters_of(outline)
    lines = [line for chapter in chapters for line in chapter.lines.all()]
    requests, extra = requests_of(chapters, written.texts, period)
    requests, extra = of_branch(requests, branch), of_branch(extra, branch)
    units = {line.key: line.unit for line in lines if line.unit}
    counted = [
        replace(figure, unit=units.get(figure.key, figure.unit)) for figure in figures.count([*requests, *extra])
    ]
    own = dict(zip([line.pk for line in lines], counted, strict=False))
    numbers = Numbers({figure.key: figure for figure in counted}, {line.key: line.decimals for line in lines})
    words = words_of(period, branch)
    return Draft(
        outline=outline.code,
        style=outline.style,
        title=sentences.worded(outline.title, words),
        period=period,
        union=words["union"],
        salutation=outline.salutation,
        opening=lines_of(sentences.worded(outline.opening, words)),
        closing=lines_of(sentences.worded(outline.closing, words)),
        chapters=tuple(
            DraftChapter(
                heading=chapter.heading,
                sections=tuple(_section(one, written.texts, numbers, words) for one in chapter.sections.all()),
                lines=tuple(
                    DraftLine(own[line.pk], line.in_table, line.in_chart)
                    for line in chapter.lines.all()
                    if own[line.pk].basis != figures.OF_NO_BRANCH
                ),
            )
            for chapter in chapters
        ),
        extra=tuple(figure for figure in counted[len(requests) :] if figure.basis != figures.OF_NO_BRANCH),
        doubts=tuple(_doubts(counted, written.explanations, whole_school=branch is None)),
        signer=branch.name if branch is not None else signatory(words["union"]),
    )


def of_branch(requests: list[FigureRequest], branch: Branch | None) -> list[FigureRequest]:
    """Return the questions as they are asked about one branch with its groups; of the school as they are."""
    if branch is None:
        return requests
    keys = tuple(Branch.objects.with_groups(branch.pk).values_list("pk", flat=True))
    return [replace(one, branch=keys) for one in requests]


def lines_of(text: str) -> tuple[str, ...]:
    """Return the non-empty lines of a text."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def requests_of_lines(lines: Collection[OutlineLine], period: Period) -> list[FigureRequest]:
    """Return what lines of the outline ask for in a report of this period."""
    by_term = any(line.span == Span.TERM for line in lines)
    opened = Sitting.objects.opened_on(on=period.end) if by_term else None
    return [
        FigureRequest(line.key, tuple(line.kinds), line_period(line, period, opened), line.label, line.chapter.heading)
        for line in lines
    ]


def requests_of(
    chapters: Sequence[OutlineChapter], texts: Texts, period: Period
) -> tuple[list[FigureRequest], list[FigureRequest]]:
    """Return what the lines ask for, in their order, and what only the texts quote."""
    requests = requests_of_lines([line for chapter in chapters for line in chapter.lines.all()], period)
    known = {request.key for request in requests}
    quoted = {key for text in _texts(chapters, texts) for key in sentences.quoted(text)} - known
    kinds = figures.kinds() if quoted else {}
    return requests, [FigureRequest(key, (key,), period) for key in sorted(quoted) if key in kinds]


def _texts(chapters: Sequence[OutlineChapter], texts: Texts) -> Iterator[str]:
    for chapter in chapters:
        for section in chapter.sections.all():
            yield from (paragraph.text for paragraph in section.paragraphs.all())
            yield section.starter
            yield from texts.get(section.pk, ())


def _section(section: OutlineSection, texts: Texts, numbers: Numbers, words: Words) -> DraftSection:
    count = sentences.Count()
    pieces = [sentences.said(one.text, numbers, words, count) for one in section.paragraphs.all()]
    stands = [one for one in pieces if one]
    # A theme of which nothing is on record is not opened by a sentence about it.
    starter = sentences.begun(section.starter, numbers, words) if stands or not section.theme else ""
    text, closing = texts.get(section.pk, (starter, ""))
    return DraftSection(
        heading=section.heading,
        before=_typed(text, numbers),
        paragraphs=tuple(sentences.joined(one) for one in stands),
        after=_typed(closing, numbers),
        pieces=tuple(stands),
        text=text,
        closing=closing,
        starter=starter,
        guidance=section.guidance,
        unbacked=tuple(wording.unbacked(f"{text} {closing}", numbers.figures.values())),
        section_id=section.pk,
    )


def _typed(text: str, numbers: Numbers) -> tuple[str, ...]:
    return lines_of(sentences.joined(sentences.typed(text, numbers)))


def _doubts(counted: Sequence[Figure], explanations: Mapping[str, str], *, whole_school: bool) -> Iterable[Doubt]:
    for figure in counted:
        text = ""
        if figure.unit_price is not None and figure.times and figure.amount is not None:
            product = figure.unit_price * figure.times
            if product != figure.amount:
                text = (
                    f"{figure.label}：单价{exact(figure.unit_price)}元 × {figure.times}份 ="
                    f" {exact(product)}元，与合计{exact(figure.amount)}元不符"
                )
        elif figure.numerator is not None and figure.denominator is not None and figure.numerator > figure.denominator:
            unit = "" if figure.unit == "%" else "人"
            more, base = exact(figure.numerator), exact(figure.denominator)
            text = f"{figure.label}：{more}{unit}，多于基数{base}{unit}"
        if text:
            yield Doubt(figure.key, text, explanations.get(figure.key, ""))
    # What should add up is known of the whole school alone.
    for found in figures.mismatches(counted) if whole_school else ():
        yield Doubt(found.key, found.text, explanations.get(found.key, "") or found.explanation)
