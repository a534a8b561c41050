"""A stored report composed as it stands now, with its texts and explanations."""

from collections.abc import Collection, Mapping
from dataclasses import replace

from django.db.models import QuerySet

from union_portal.annual_report.composing.services.composing import (
    Draft,
    Numbers,
    Wording,
    compose,
    of_branch,
    requests_of_lines,
)
from union_portal.annual_report.outlines.models import OutlineLine
from union_portal.annual_report.reports.models import AnnualReport
from union_portal.base import figures
from union_portal.base.figures import Figure, FigureRequest
from union_portal.base.periods import Period


def compose_report(report: AnnualReport) -> Draft:
    """Compose a saved draft with the words and the explanations that people wrote."""
    written = Wording(
        texts={text.section_id: (text.text, text.closing) for text in report.texts.all()},
        explanations={one.key: one.text for one in report.explanations.all()},
    )
    period = Period(report.period_start, report.period_end)
    draft = compose(report.outline, period, written=written, branch=report.branch)
    return replace(
        draft,
        title=report.title or draft.title,
        occasion=report.occasion,
        speaker=report.speaker,
        signer=report.signer or draft.signer,
        signed_on=report.signed_on,
        sources=report.sources,
    )


def labels_of(report: AnnualReport) -> dict[str, str]:
    """Return what can be quoted in a report, by key: the outline's lines as it names them, then every other kind."""
    lines = dict(_lines(report).values_list("key", "label"))
    return lines | {key: kind.label for key, kind in figures.kinds().items() if key not in lines}


def count_some(report: AnnualReport, keys: Collection[str]) -> dict[str, Figure]:
    """Count these figures of a draft and no other, whether a line of the outline has them or none."""
    period = Period(report.period_start, report.period_end)
    lines = {line.key: line for line in _lines(report).filter(key__in=list(keys)).select_related("chapter")}
    known = figures.kinds() if set(keys) - set(lines) else {}
    requests = requests_of_lines(lines.values(), period)
    requests += [FigureRequest(key, (key,), period) for key in keys if key not in lines and key in known]
    counted = figures.count(of_branch(requests, report.branch))
    return {one.key: replace(one, unit=lines[one.key].unit or one.unit) if one.key in lines else one for one in counted}


def count_one(report: AnnualReport, key: str) -> Figure | None:
    """Count one figure of a draft and no other; None when neither a line nor a kind has this key."""
    return count_some(report, {key}).get(key)


def numbers_of(report: AnnualReport, counted: Mapping[str, Figure]) -> Numbers:
    """Return what texts of the report look these figures up by."""
    return Numbers(counted, dict(_lines(report).values_list("key", "decimals")))


def _lines(report: AnnualReport) -> QuerySet[OutlineLine]:
    return OutlineLine.objects.filter(chapter__outline=report.outline_id).order_by("chapter__position", "position")
