"""The parts of a report's text as its template takes them: paragraphs, tables, numbered chapters."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from union_portal.base.chinese.numerals import numeral

Block = dict[str, Any]


def paragraph(text: str) -> Block:
    return {"kind": "paragraph", "text": text}


def paragraphs(text: str) -> Iterator[Block]:
    """Yield every line that says something as a paragraph of its own."""
    for line in text.splitlines():
        if line.strip():
            yield paragraph(line.strip())


def table(
    caption: str, unit: str, headings: Sequence[tuple[str, str]], rows: Iterable[Sequence[tuple[str, str]]]
) -> Block:
    """Return a table: headings with their width, cells with their alignment."""
    return {
        "kind": "table",
        "caption": caption,
        "unit": unit,
        "columns": [{"heading": words, "width": width} for words, width in headings],
        "rows": [{"cells": [{"text": text, "align": align} for text, align in row]} for row in rows],
    }


def chapters(told: Iterable[tuple[str, Sequence[Block]]]) -> list[dict[str, Any]]:
    """Number the chapters that have something to say."""
    full = [(heading, list(blocks)) for heading, blocks in told if blocks]
    return [
        {"number": f"{numeral(place)}、", "heading": heading, "blocks": blocks, "sections": []}
        for place, (heading, blocks) in enumerate(full, start=1)
    ]


def day_in_words(day: dt.date) -> str:
    """Write a day as papers do: 2026年1月15日."""
    return f"{day.year}年{day.month}月{day.day}日"
