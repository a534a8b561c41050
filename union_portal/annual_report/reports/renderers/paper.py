"""A report's data laid out for official paper."""

import csv
import datetime as dt
import io
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone

from union_portal.annual_report.composing.services.data import sections_of
from union_portal.annual_report.outlines.enums import Style
from union_portal.base import paper
from union_portal.base.chinese.numerals import numeral
from union_portal.base.figures.wording import written
from union_portal.base.money import grouped
from union_portal.base.paper import types
from union_portal.base.paper.charts import Bar, bar_chart

_MOST_BARS = 12
Data = dict[str, Any]


def render_pdf(
    data: Data, *, created: dt.datetime, progress: Callable[[float, str], None] | None = None
) -> types.PaperResult:
    """Lay a report's data out as a PDF in which every Chinese character of the text is present.

    Raises PaperError when a character cannot be drawn or fonts are not prepared.
    """
    html = render_to_string("annual_report/reports/paper.html", context(data))
    result = paper.render(
        html,
        title=f"【草稿】{data['title']}" if data.get("preview") else data["title"],
        created=created,
        stylesheet="gongwen",
        attachments=[
            types.Attachment(
                name=f"figures-{data['period']['from']}-{data['period']['to']}.csv",
                content=figures_csv(data).encode("utf-8-sig"),
                description="数据来源一览",
                modified=created,
            )
        ],
        progress=progress,
    )
    paper.check_text(result, text_of(data))
    return result


def context(data: Data) -> Data:
    """Return the template's context; see templates/paper/report.html."""
    speech = data["style"] == Style.SPEECH
    chapters = [chapter for chapter in data["chapters"] if _says_something(chapter)]
    tables = _tables(data)
    annexes = [{"heading": "数据来源一览", "blocks": [_sources(data), *_explained(data)]}]
    if speech and tables:
        annexes.insert(0, {"heading": "福利慰问情况表", "blocks": tables})
    laid_out = [_chapter(chapter, number, items=not speech) for number, chapter in enumerate(chapters, start=1)]
    if not speech and tables and laid_out:
        laid_out[0]["sections"].append(
            {"number": f"（{numeral(len(laid_out[0]['sections']) + 1)}）", "heading": "福利慰问情况", "blocks": tables}
        )
    signed_on = dt.date.fromisoformat(data["signed_on"]) if data["signed_on"] else timezone.localdate()
    return {
        "title": data["title"],
        "preview": data.get("preview", ""),
        "occasion": data["occasion"],
        "speaker": data["speaker"],
        "salutation": data["salutation"],
        "opening": data["opening"],
        "contents": not speech,
        "chapters": laid_out,
        "closing": data["closing"],
        "annexes": annexes,
        "signer": data["signer"] or data["union"],
        "signed_on": f"{signed_on:%Y年%-m月%-d日}",
    }


def figures_csv(data: Data) -> str:
    """Return the figures with their bases as CSV, carried inside the PDF."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(["数据项", "统计期或时点", "人数", "次数", "金额（元）", "基数", "口径"])
    for figure in data["figures"]:
        writer.writerow(
            [
                figure["label"],
                when(figure),
                *("" if figure[name] is None else figure[name] for name in ("heads", "times", "amount", "denominator")),
                figure["basis"],
            ]
        )
    return out.getvalue()


def text_of(data: Data) -> str:
    """Return the text that must be found again in the PDF."""
    texts = [data["title"], data["signer"] or data["union"]]
    for chapter in data["chapters"]:
        if _says_something(chapter):
            texts.append(chapter["heading"])
            for section in sections_of(chapter):
                texts += _texts(section) and [section["heading"], *_texts(section)]
    return "\n".join(texts)


def when(figure: Data) -> str:
    """Return a figure's period or day."""
    if figure["as_of"]:
        return f"截至{figure['as_of']}"
    return f"{figure['period']['from']}至{figure['period']['to']}"


def amount_text(amount: str | None) -> str:
    """Return an amount with separators and two decimals."""
    return "" if amount is None else grouped(Decimal(amount))


def _texts(section: Data) -> list[str]:
    return [*section["before"], *section["paragraphs"], *section["after"]]


def _says_something(chapter: Data) -> bool:
    return any(_texts(section) for section in sections_of(chapter))


def _chapter(chapter: Data, number: int, *, items: bool) -> Data:
    """A section without text is left out; one without a heading belongs to what stands before it."""
    blocks: list[Data] = []
    sections: list[Data] = []
    for section in sections_of(chapter):
        found = _blocks(section, items=items)
        if not found:
            continue
        if section["heading"]:
            mark = f"（{numeral(len(sections) + 1)}）"
            sections.append({"number": mark, "heading": section["heading"], "blocks": found})
        else:
            (sections[-1]["blocks"] if sections else blocks).extend(found)
    return {"number": f"{numeral(number)}、", "heading": chapter["heading"], "blocks": blocks, "sections": sections}


def _blocks(section: Data, *, items: bool) -> list[Data]:
    """A summary numbers its paragraphs, where there are several; a speech runs them on."""
    said = section["paragraphs"]
    if items and len(said) > 1:
        said = [f"{number}.{text}" for number, text in enumerate(said, start=1)]
    return [{"kind": "paragraph", "text": text} for text in (*section["before"], *said, *section["after"])]


def _tables(data: Data) -> list[Data]:
    by_key = {figure["key"]: figure for figure in data["figures"]}
    chosen = [line for chapter in data["chapters"] for line in chapter["lines"] if not _is_empty(by_key[line["key"]])]
    table = [by_key[line["key"]] for line in chosen if line["in_table"]]
    bars = [by_key[line["key"]] for line in chosen if line["in_chart"]][:_MOST_BARS]
    blocks: list[Data] = []
    if table:
        blocks.append(_benefits(table, alone=data["style"] == Style.SPEECH))
    if bars:
        chart = bar_chart(
            [Bar(figure["label"], figure["heads"] or 0) for figure in bars], title="各项慰问惠及人数", unit="人"
        )
        blocks.append({"kind": "chart", "caption": "各项慰问惠及人数", "svg": chart})
    return blocks


def _benefits(figures: Iterable[Data], *, alone: bool) -> Data:
    """`alone` in an annex of its own, whose heading is the caption already."""
    return {
        "kind": "table",
        "caption": "" if alone else "福利慰问情况表",
        "unit": "人、元",
        "columns": [
            {"heading": "项目", "width": "wide"},
            {"heading": "人数", "width": "narrow"},
            {"heading": "人次", "width": "narrow"},
            {"heading": "金额", "width": ""},
            {"heading": "上年同期人数", "width": ""},
        ],
        "rows": [
            {
                "cells": [
                    {"text": figure["label"], "align": "left"},
                    {"text": _count(figure["heads"]), "align": "number"},
                    {"text": _count(figure["times"]), "align": "number"},
                    {"text": amount_text(figure["amount"]) or "—", "align": "number"},
                    {"text": _count((figure["previous"] or {}).get("heads")), "align": "number"},
                ]
            }
            for figure in figures
        ],
    }


def _count(number: int | None) -> str:
    return "—" if number is None else grouped(number)


def _sources(data: Data) -> Data:
    return {
        "kind": "table",
        "caption": "",
        "columns": [
            {"heading": "数据项", "width": ""},
            {"heading": "统计期或时点", "width": ""},
            {"heading": "数值", "width": ""},
            {"heading": "口径", "width": "wide"},
        ],
        "rows": [
            {
                "cells": [
                    {"text": figure["label"], "align": "left"},
                    {"text": when(figure), "align": ""},
                    {"text": written(figure), "align": ""},
                    {"text": "；".join([figure["basis"], *figure["left_out"]]), "align": "left"},
                ]
            }
            for figure in data["figures"]
            if not _is_empty(figure)
        ],
    }


def _is_empty(figure: Data) -> bool:
    told = any(figure.get(name) for name in ("heads", "times", "numerator", "share", "reason"))
    return not (told or Decimal(figure["amount"] or 0))


def _explained(data: Data) -> list[Data]:
    notes = [f"说明：{one['doubt']}。{one['text']}" for one in data["explanations"] if one["text"]]
    notes += [f"台账末笔：{head}" for head in data["ledger_heads"]]
    return [{"kind": "note", "text": text} for text in notes]
