"""提案工作报告 on official paper."""

import csv
import datetime as dt
import io
from collections.abc import Callable
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone

from congress.proposal_reports.report.account import UNSEEN, UNSORTED
from union_portal.base import paper
from union_portal.base.chinese.numerals import numeral
from union_portal.base.paper import types

Data = dict[str, Any]
_STAGES = (
    ("征集", "collected"),
    ("并案", "merged"),
    ("立案", "filed"),
    ("转意见建议", "passed_on"),
    ("不予立案", "declined"),
    ("撤回", "withdrawn"),
)


_PAPER = "提案工作报告"
# How many characters of the title stand on a line.
_LINE = 18


def render_proposal_report(
    data: Data, *, created: dt.datetime, progress: Callable[[float, str], None] | None = None
) -> types.PaperResult:
    """Lay the account out; every Chinese character of its text is found again in the PDF, or PaperError is raised."""
    context = layout(data, created=created)
    result = paper.render(
        render_to_string("annual_report/reports/paper.html", context),
        title=data["title"],
        created=created,
        stylesheet="gongwen",
        attachments=[
            types.Attachment(
                name="filed-proposals.csv",
                content=filed_csv(data).encode("utf-8-sig"),
                description="立案提案一览表",
                modified=created,
            )
        ],
        progress=progress,
    )
    paper.check_text(result, _text_of(context))
    return result


def layout(data: Data, *, created: dt.datetime) -> Data:
    """Return the context of templates/paper/report.html."""
    chapters = [
        ("提案征集与审查情况", _collecting(data)),
        ("提案分类情况", _sorted(data)),
        ("提案办理与答复情况", _handling(data)),
        ("提案人评价情况", _rating(data)),
    ]
    told = [(heading, blocks) for heading, blocks in chapters if blocks]
    return {
        "title": data["title"],
        "title_lines": _title_lines(data["title"]),
        "salutation": "各位代表：",
        "opening": ["现将提案征集、审查、办理和评价情况报告如下，请予审议。"],
        "contents": False,
        "chapters": [
            {"number": f"{numeral(place)}、", "heading": heading, "blocks": blocks, "sections": []}
            for place, (heading, blocks) in enumerate(told, start=1)
        ],
        "closing": [],
        "annexes": [{"heading": "立案提案一览表", "blocks": _filed(data)}] if data["filed"] else [],
        "signer": data["signer"],
        "signed_on": f"{timezone.localtime(created):%Y年%-m月%-d日}",
    }


def _title_lines(title: str) -> list[str]:
    """Break a title that is too long for a line before what the paper is, never within the words."""
    whose = title.removesuffix(_PAPER)
    return [title] if len(title) <= _LINE or not whose or whose == title else [whose, _PAPER]


def filed_csv(data: Data) -> str:
    """Return the filed proposals as CSV, carried inside the PDF."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(["编号", "所属", "案由", "提案人", "类别", "主办部门", "答复日期", "评价"])
    for one in data["filed"]:
        keys = ("number", "body", "title", "author", "category", "lead", "answered_on", "grade")
        writer.writerow([one[key] or "" for key in keys])
    return out.getvalue()


def _collecting(data: Data) -> list[Data]:
    numbers = data["totals"]
    several = len(data["sessions"]) > 1
    whose = f"{len(data['sessions'])}次会议" if several else data["sessions"][0]["title"]
    bodies = [f"{one['name']}提案{one['numbers']['collected']}件" for one in data["bodies"]]
    apart = f"，其中{'、'.join(bodies)}" if len(bodies) > 1 else ""
    merged = f"并案{numbers['merged']}件，" if numbers["merged"] else ""
    decided = f"正式立案{numbers['filed']}件，转为意见建议{numbers['passed_on']}件，不予立案{numbers['declined']}件"
    left = [
        text
        for text, count in (
            (f"提案人撤回{numbers['withdrawn']}件", numbers["withdrawn"]),
            (f"尚待审查{numbers['undecided']}件", numbers["undecided"]),
        )
        if count
    ]
    filed = [f"{one['name']}提案{one['numbers']['filed']}件" for one in data["bodies"]]
    filed_apart = f"立案提案中，{'、'.join(filed)}。" if len(filed) > 1 and numbers["filed"] else ""
    rest = f"{'，'.join(left)}。" if left else ""
    text = (
        f"{whose}共征集提案{numbers['collected']}件{apart}。经审查，{merged}确定提案{numbers['reviewed']}件："
        f"{decided}。{rest}{filed_apart}"
    )
    blocks: list[Data] = [_paragraph(text)]
    blocks += [{"kind": "note", "text": f"说明：{one['text']}。{one['explanation']}"} for one in data["doubts"]]
    blocks += _totals_told(data)
    if several:
        blocks.append(_by_session(data))
    return blocks


def _totals_told(data: Data) -> list[Data]:
    """Say which numbers come from totals without forms, and which totals were not counted."""
    notes = [{"kind": "note", "text": f"说明：{text}。"} for text in data["left_out"]]
    if not data["summaries"]:
        return notes
    each = "、".join(
        f"{one['what']}{one['words']}件（{one['from']}至{one['to']}，{one['source']}）" for one in data["summaries"]
    )
    return [{"kind": "note", "text": f"说明：以上含往年数据补录{each}；同期逐件登记的不重复计。"}, *notes]


def _by_session(data: Data) -> Data:
    told = [
        *((one, "（含往年数据补录）" if one["summary"] else "") for one in data["sessions"]),
        *((one, "") for one in data["spans"]),
    ]
    rows = [_row([f"{one['title']}{mark}", *(one["numbers"][key] for _label, key in _STAGES)]) for one, mark in told]
    rows.append(_row(["合计", *(data["totals"][key] for _label, key in _STAGES)], total=True))
    return _table("各次会议提案情况", ("会议", *(label for label, _key in _STAGES)), rows)


def _sorted(data: Data) -> list[Data]:
    if not data["categories"]:
        return []
    rows = [
        _row([one["name"], one["collected"], one["collected_share"], one["filed"], one["filed_share"]])
        for one in data["categories"]
    ]
    collected, filed = (sum(one[key] for one in data["categories"]) for key in ("collected", "filed"))
    whole = [f"{100 if count else 0:.1f}" for count in (collected, filed)]
    rows.append(_row(["合计", collected, whole[0], filed, whole[1]], total=True))
    unnamed = (UNSORTED, UNSEEN)
    named = sorted((one for one in data["categories"] if one["name"] not in unnamed), key=lambda one: -one["collected"])
    unsorted = sum(one["collected"] for one in data["categories"] if one["name"] in unnamed)
    text = f"征集的提案按内容分为{len(named)}类" if named else "征集的提案尚未分类"
    if len(named) > 1 and named[0]["collected"] > named[1]["collected"]:
        first = named[0]
        text += f"，其中“{first['name']}”最多，共{first['collected']}件，占{first['collected_share']}%"
    text += f"，另有{unsorted}件未分类。" if unsorted and named else "。"
    return [
        _paragraph(text),
        _table("提案分类统计", ("类别", "征集（件）", "占比（%）", "立案（件）", "占比（%）"), rows),
    ]


def _handling(data: Data) -> list[Data]:
    numbers, rates = data["totals"], data["rates"]
    if not numbers["filed"]:
        return []
    text = f"立案提案{numbers['filed']}件，已答复{numbers['answered']}件，答复率{rates['reply']['percent']}。"
    if numbers["due"]:
        text += (
            f"有办理期限且已答复或已到期的{numbers['due']}件中，按期答复{numbers['on_time']}件，"
            f"按期答复率{rates['on_time']['percent']}。"
        )
    keys = ("led", "supported", "answered", "on_time", "satisfied", "basically", "dissatisfied")
    rows = [_row([one["name"], *(one[key] for key in keys)]) for one in data["departments"]]
    rows.append(_row(["合计", *(sum(one[key] for one in data["departments"]) for key in keys)], total=True))
    headings = ("部门", "主办", "协办", "答复", "按期", "满意", "基本满意", "不满意")
    return [_paragraph(text), _table("承办部门办理情况", headings, rows, unit="件")]


def _rating(data: Data) -> list[Data]:
    numbers, rates = data["totals"], data["rates"]
    if not numbers["answered"]:
        return []
    text = (
        f"提案人已评价{numbers['rated']}件：满意{numbers['satisfied']}件，基本满意{numbers['basically']}件，"
        f"不满意{numbers['dissatisfied']}件"
    )
    text += f"，满意率（含基本满意）{rates['satisfaction']['percent']}。" if numbers["rated"] else "。"
    text += f"尚未评价{numbers['unrated']}件。" if numbers["unrated"] else ""
    return [_paragraph(text)]


def _filed(data: Data) -> list[Data]:
    rows = [
        _row([one["number"], one["title"], one["author"], one["lead"], one["grade"]], numbers=False, left=(1, 3))
        for one in data["filed"]
    ]
    unseen = data["totals"]["filed"] - len(data["filed"])
    note = [{"kind": "note", "text": f"另有{unseen}件为往年数据补录，没有逐件登记，未列入本表。"}] if unseen > 0 else []
    return [_table("", ("编号", "案由", "提案人", "主办部门", "评价"), rows, wide=1, narrow=4), *note]


def _paragraph(text: str) -> Data:
    return {"kind": "paragraph", "text": text}


def _row(values: list[Any], *, total: bool = False, numbers: bool = True, left: tuple[int, ...] = (0,)) -> Data:
    return {
        "cells": [
            {"text": value, "align": "left" if place in left else "number" if numbers else ""}
            for place, value in enumerate(values)
        ],
        "total": total,
    }


def _table(
    caption: str, headings: tuple[str, ...], rows: list[Data], *, unit: str = "", wide: int = 0, narrow: int = -1
) -> Data:
    widths = {wide: "wide", narrow: "narrow"}
    columns = [{"heading": heading, "width": widths.get(place, "")} for place, heading in enumerate(headings)]
    return {"kind": "table", "caption": caption, "unit": unit, "columns": columns, "rows": rows}


def _text_of(context: Data) -> str:
    texts = [context["title"], context["signer"]]
    for part in (*context["chapters"], *context["annexes"]):
        texts.append(part["heading"])
        for block in part["blocks"]:
            if block["kind"] != "table":
                texts.append(block["text"])
                continue
            texts += [str(cell["text"]) for row in block["rows"] for cell in row["cells"]]
    return "\n".join(texts)
