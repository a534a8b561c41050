"""A report's data laid out for official paper."""

import csv
import datetime as dt
import io
import re
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
from union_portal.base.paper.blocks import day_in_words, note, paragraph, table, text_of
from union_portal.base.paper.charts import Bar, bar_chart

# A shorter report is read through; of what goes on for pages the contents are told first.
_CONTENTS_FROM = 5000
# What a basis says of the records, and what it says of this figure alone: days, members on them.
_RECORDS = re.compile(r"([^（；]*(?:（[^（）\d]*）[^（；]*)*)(.*)", re.DOTALL)
_LEAST_BARS, _MOST_BARS = 2, 12
Data = dict[str, Any]


def render_pdf(
    data: Data, *, created: dt.datetime, progress: Callable[[float, str], None] | None = None
) -> types.PaperResult:
    """Lay a report's data out as a PDF in which every Chinese character of the text is present.

    Raises PaperError when a character cannot be drawn or fonts are not prepared.
    """
    laid_out = context(data)
    result = paper.render(
        render_to_string("annual_report/reports/paper.html", laid_out),
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
    paper.check_text(result, text_of(laid_out))
    return result


def context(data: Data) -> Data:
    """Return the template's context; see templates/annual_report/reports/paper.html."""
    speech = data["style"] == Style.SPEECH
    chapters = [chapter for chapter in data["chapters"] if _says_something(chapter)]
    tables = _tables(data)
    annexes = [{"heading": "福利慰问情况表", "blocks": tables}] if speech and tables else []
    if data.get("sources", True):
        heads = [note(f"台账末笔：{head}") for head in data["ledger_heads"]]
        annexes.append({"heading": "数据来源一览", "blocks": [*_sources(data), *_explained(data), *heads]})
    elif explained := _explained(data):
        annexes.append({"heading": "数据说明", "blocks": explained})
    laid_out = [_chapter(chapter, number, items=not speech) for number, chapter in enumerate(chapters, start=1)]
    if not speech and tables and laid_out:
        laid_out[0]["sections"].append(
            {"number": f"（{numeral(len(laid_out[0]['sections']) + 1)}）", "heading": "福利慰问情况", "blocks": tables}
        )
    signed_on = dt.date.fromisoformat(data["signed_on"]) if data["signed_on"] else timezone.localdate()
    found = {
        "title": data["title"],
        "preview": data.get("preview", ""),
        "occasion": data["occasion"],
        "speaker": data["speaker"],
        "salutation": data["salutation"],
        "opening": data["opening"],
        "chapters": laid_out,
        "closing": data["closing"],
        "annexes": annexes,
        "signer": data["signer"] or data["union"],
        "signed_on": day_in_words(signed_on),
    }
    return {**found, "contents": not speech and len(text_of(found)) > _CONTENTS_FROM}


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
    return [paragraph(text) for text in (*section["before"], *said, *section["after"])]


def _tables(data: Data) -> list[Data]:
    by_key = {figure["key"]: figure for figure in data["figures"]}
    chosen = [line for chapter in data["chapters"] for line in chapter["lines"] if not _is_empty(by_key[line["key"]])]
    listed = [by_key[line["key"]] for line in chosen if line["in_table"]]
    bars = [by_key[line["key"]] for line in chosen if line["in_chart"]]
    blocks = _benefits(listed, alone=data["style"] == Style.SPEECH) if listed else []
    # The table follows its chart: a chart at the end might stand alone on a page.
    charts = [chart for found in _alike(bars, data) if (chart := _chart(*found))]
    said = {bar["key"] for bar in bars} <= {row["key"] for row in listed}
    return [chart | {"said": said} for chart in charts] + blocks


def _alike(figures: Iterable[Data], data: Data) -> list[tuple[str, str, list[tuple[str, int]]]]:
    """Sort figures into charts: caption, unit and bars; one chart has one unit and one period."""
    charts: dict[tuple[str, str], list[tuple[str, int]]] = {}
    for figure in figures:
        unit, number = ("人", figure["heads"]) if figure["heads"] is not None else (figure["unit"], figure["times"])
        if number is not None:
            charts.setdefault((unit, when(figure)), []).append((figure["label"], number))
    whole = f"{data['period']['from']}至{data['period']['to']}"
    return [
        (
            f"{'各项慰问惠及人数' if unit == '人' else '各项慰问数量'}{'' if told == whole else f'（{told}）'}",
            unit,
            bars,
        )
        for (unit, told), bars in charts.items()
    ]


def _chart(caption: str, unit: str, bars: list[tuple[str, int]]) -> Data | None:
    """Return the largest bars in their order, as picture and as table; nothing where there is nothing to compare."""
    if len(bars) < _LEAST_BARS:
        return None
    shown = sorted(sorted(bars, key=lambda bar: -bar[1])[:_MOST_BARS], key=bars.index)
    svg = bar_chart([Bar(label, number) for label, number in shown], title=caption, unit=unit)
    rows = [((label, "left"), (grouped(number), "number")) for label, number in shown]
    return {"kind": "chart", "caption": caption, "svg": svg, "table": table(caption, unit, ["项目", "数量"], rows)}


def _benefits(figures: list[Data], *, alone: bool) -> list[Data]:
    """Return the table of benefits; `alone` in an annex of its own, whose heading is the caption already."""
    lines = _in_order(figures)
    before = any((figure["previous"] or {}).get("heads") for figure, _adds_up in lines)
    rows = [
        [
            (figure["label"], "left"),
            (_count(figure["heads"]), "number"),
            (_count(figure["times"]), "number"),
            (amount_text(figure["amount"]) or "—", "number"),
            *([(_count((figure["previous"] or {}).get("heads")), "number")] if before else []),
        ]
        for figure, _adds_up in lines
    ]
    headings = ["项目", "人数", "人次", "金额", *(["上年同期人数"] if before else [])]
    block = table("" if alone else "福利慰问情况表", "人、元", headings, rows)
    for row, (_figure, adds_up) in zip(block["rows"], lines, strict=True):
        row["total"] = adds_up
    sums = any(adds_up for _figure, adds_up in lines)
    return [block, *([note("注：合计的人数中一人只计一次，因此不等于各项人数之和。")] if sums else [])]


def _in_order(figures: list[Data]) -> list[tuple[Data, bool]]:
    """Return the rows, each sum below its parts and what it has beyond them, and whether a row is such a sum."""
    parts = {figure["key"]: _parts_of(figure, figures) for figure in figures}
    contained = {part["key"] for own in parts.values() for part in own}
    lines: list[tuple[Data, bool]] = []
    for figure in figures:
        own = parts[figure["key"]]
        if figure["key"] not in contained:
            lines += [(part, False) for part in (*own, *_rest_of(figure, own))] if own else []
            lines.append((figure, bool(own)))
    return lines


def _parts_of(whole: Data, figures: list[Data]) -> list[Data]:
    """Return the rows that are contained in a row: their kinds stand below its own."""
    below = tuple(f"{kind}." for kind in whole["kinds"])
    return [one for one in figures if all(kind.startswith(below) for kind in one["kinds"])]


def _rest_of(whole: Data, parts: list[Data]) -> list[Data]:
    """Return the row of what a sum has beyond its parts, so that the rows add up; a total may know no parts."""
    rest: Data = {"label": f"其他{whole['label'].removesuffix('合计')}", "heads": None, "previous": None}
    for measure in ("times", "amount"):
        known = [Decimal(one[measure]) for one in (whole, *parts) if one[measure] is not None]
        left = known[0] - sum(known[1:]) if whole[measure] is not None else Decimal(0)
        rest[measure] = (int(left) if measure == "times" else str(left)) if left > 0 else None
    return [rest] if rest["times"] or rest["amount"] else []


def _count(number: int | None) -> str:
    return "—" if number is None else grouped(number)


def _sources(data: Data) -> list[Data]:
    """Return what each figure was counted from, together what was counted from the same records and period."""
    whole = f"{data['period']['from']}至{data['period']['to']}"
    groups: dict[tuple[str, str], list[str]] = {}
    for figure in data["figures"]:
        if not _is_empty(figure):
            records, own = _RECORDS.fullmatch(figure["basis"]).groups()  # type: ignore[union-attr]
            about = "；".join(filter(None, [own.strip("（）；").replace("）；", "；"), *figure["left_out"]]))
            told = f"{figure['label']}{written(figure)}{f'（{about}）' if about else ''}"
            groups.setdefault((records, when(figure)), []).append(told)
    notes = [f"未另注明的，统计期为{whole}。"]
    for place, ((records, told), figures) in enumerate(groups.items(), start=1):
        period = "" if told == whole or told in records else f"（{told}）"
        notes.append(f"{place}．{records}{period}：{'；'.join(figures)}。")
    return [note(text) | {"small": True} for text in notes]


def _is_empty(figure: Data) -> bool:
    told = any(figure.get(name) for name in ("heads", "times", "numerator", "share", "reason"))
    return not (told or Decimal(figure["amount"] or 0))


def _explained(data: Data) -> list[Data]:
    return [note(f"说明：{one['doubt']}。{one['text']}") for one in data["explanations"] if one["text"]]
