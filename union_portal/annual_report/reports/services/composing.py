"""A stored report composed as it stands now, with its texts and explanations."""

from dataclasses import replace

from union_portal.annual_report.composing.services.composing import (
    Draft,
    Wording,
    chapters_of,
    compose,
    requests_of,
)
from union_portal.annual_report.reports.models import AnnualReport
from union_portal.base import figures
from union_portal.base.figures import Figure
from union_portal.base.periods import Period


def compose_report(report: AnnualReport) -> Draft:
    """Compose a saved draft with the words and the explanations that people wrote."""
    written = Wording(
        texts={text.section_id: (text.text, text.closing) for text in report.texts.all()},
        explanations={one.key: one.text for one in report.explanations.all()},
    )
    draft = compose(report.outline, Period(report.period_start, report.period_end), written=written)
    return replace(
        draft,
        title=report.title or draft.title,
        occasion=report.occasion,
        speaker=report.speaker,
        signer=report.signer or draft.union,
        signed_on=report.signed_on,
        sources=report.sources,
    )


def count_one(report: AnnualReport, key: str) -> Figure | None:
    """Count one figure of a draft and no other; None when neither a line nor a text asks for it."""
    chapters = chapters_of(report.outline)
    texts = {text.section_id: (text.text, text.closing) for text in report.texts.all()}
    requests, extra = requests_of(chapters, texts, Period(report.period_start, report.period_end))
    request = next((one for one in (*requests, *extra) if one.key == key), None)
    if request is None:
        return None
    (figure,) = figures.count([request])
    unit = next(
        (line.unit for chapter in chapters for line in chapter.lines.all() if line.key == key and line.unit),
        figure.unit,
    )
    return replace(figure, unit=unit)
