"""A draft as plain data: what the JSON interface gives, what a freeze stores and what paper is made from."""

import datetime as dt
import hashlib
import json
from decimal import Decimal
from itertools import groupby
from typing import Any

from union_portal.annual_report.composing.services.composing import Draft
from union_portal.base.figures import Figure, Item


def figure_data(figure: Figure) -> dict[str, Any]:
    """Return a figure as JSON data: amounts are strings, absent values null."""
    return {
        "key": figure.key,
        "label": figure.label,
        "chapter": figure.chapter,
        "period": _period(figure.period.start, figure.period.end) if figure.period else None,
        "as_of": figure.as_of.isoformat() if figure.as_of else None,
        "heads": figure.heads,
        "times": figure.times,
        "amount": _text(figure.amount),
        "approximate": figure.approximate,
        "numerator": _number(figure.numerator),
        "denominator": _number(figure.denominator),
        "unit": figure.unit,
        "basis": figure.basis,
        "summary": figure.summary,
        "kinds": list(figure.kinds),
        "unit_price": _text(figure.unit_price),
        "approximations": dict(figure.approximations),
        "share": _number(figure.share),
        "reason": figure.reason,
        "left_out": list(figure.left_out),
        "items": [_item(item) for item in figure.items],
        "largest": [_item(item) for item in figure.largest],
        "previous": figure_data(figure.previous) if figure.previous else None,
    }


def report_data(draft: Draft) -> dict[str, Any]:
    """Return the JSON interface's answer: the period and its figures."""
    return {
        "period": _period(draft.period.start, draft.period.end),
        "figures": [figure_data(figure) for figure in draft.figures],
    }


def snapshot(draft: Draft) -> dict[str, Any]:
    """Return everything a report says, as stored at the freeze and as paper is made from."""
    return report_data(draft) | {
        "outline": draft.outline,
        "style": draft.style,
        "title": draft.title,
        "union": draft.union,
        "salutation": draft.salutation,
        "occasion": draft.occasion,
        "speaker": draft.speaker,
        "signer": draft.signer,
        "signed_on": draft.signed_on.isoformat() if draft.signed_on else None,
        "sources": draft.sources,
        "opening": list(draft.opening),
        "closing": list(draft.closing),
        "chapters": [
            {
                "heading": chapter.heading,
                "sections": [
                    {
                        "heading": section.heading,
                        "before": list(section.before),
                        "paragraphs": list(section.paragraphs),
                        "after": list(section.after),
                    }
                    for section in chapter.sections
                ],
                "lines": [
                    {"key": line.figure.key, "in_table": line.in_table, "in_chart": line.in_chart}
                    for line in chapter.lines
                ],
            }
            for chapter in draft.chapters
        ],
        "explanations": [{"key": doubt.key, "doubt": doubt.text, "text": doubt.explanation} for doubt in draft.doubts],
        "ledger_heads": [],
    }


def sections_of(chapter: dict[str, Any]) -> list[dict[str, Any]]:
    """Return a chapter's sections as a snapshot keeps them; of one frozen before there were any, what stood in it."""
    if "sections" in chapter:
        found: list[dict[str, Any]] = chapter["sections"]
        return found
    sections = [{"heading": "", "before": chapter["narrative"], "paragraphs": [], "after": []}]
    told = [line for line in chapter["lines"] if line["sentence"]]
    for heading, lines in groupby(told, key=lambda line: line["section"]):
        paragraphs = [line["sentence"].rstrip("。；") + "。" for line in lines]
        sections.append({"heading": heading, "before": [], "paragraphs": paragraphs, "after": []})
    sections[-1]["after"] = chapter["closing"]
    return sections


def digest(data: dict[str, Any]) -> str:
    """Return the SHA-256 of the data in one canonical form."""
    canonical = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def _period(start: dt.date, end: dt.date) -> dict[str, str]:
    return {"from": start.isoformat(), "to": end.isoformat()}


def _item(item: Item) -> dict[str, Any]:
    return {"text": item.text, "on": item.on.isoformat() if item.on else None, "times": item.times}


def _text(amount: Decimal | None) -> str | None:
    return None if amount is None else f"{amount:.2f}"


def _number(number: int | Decimal | None) -> int | str | None:
    return f"{number:f}" if isinstance(number, Decimal) else number
