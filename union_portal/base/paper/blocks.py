"""The parts of a report's text as its template takes them: paragraphs, tables, numbered chapters."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
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


def note(text: str) -> Block:
    return {"kind": "note", "text": text}


def table(
    caption: str,
    unit: str,
    headings: Sequence[str],
    rows: Iterable[Sequence[tuple[str, str]]],
    *,
    total: Sequence[tuple[str, str]] = (),
) -> Block:
    """Return a table: headings, cells with their alignment, and the line that adds them up, if any."""
    told = [(row, False) for row in rows] + ([(total, True)] if total else [])
    return {
        "kind": "table",
        "caption": caption,
        "unit": unit,
        "columns": [{"heading": words} for words in headings],
        "rows": [
            {"cells": [{"text": text, "align": align} for text, align in row], "total": sums} for row, sums in told
        ],
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


def text_of(context: Mapping[str, Any]) -> str:
    """Return the text of a paper laid out for `annual_report/reports/paper.html`, to be found again in the PDF."""
    texts = [context["title"], *(context.get(name, "") for name in ("occasion", "speaker", "salutation", "signer"))]
    texts += context.get("opening", ())
    for part in (*context["chapters"], *context.get("annexes", ())):
        texts.append(part["heading"])
        found = [*part["blocks"]]
        for section in part.get("sections", ()):
            texts.append(section["heading"])
            found += section["blocks"]
        texts += (text for block in found for text in _texts(block))
    texts += context.get("closing", ())
    return "\n".join(texts)


def _texts(block: Block) -> Iterator[str]:
    if block["kind"] == "table":
        yield block["caption"]
        yield from (column["heading"] for column in block["columns"])
        yield from (str(cell["text"]) for row in block["rows"] for cell in row["cells"])
    else:
        yield block["caption"] if block["kind"] == "chart" else block["text"]
