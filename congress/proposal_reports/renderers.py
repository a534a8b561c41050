"""提案工作报告 on official paper and in Word."""

import csv
import datetime as dt
import io
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone

from congress.handling.enums import ReplyKind
from congress.proposal_reports.report.account import UNSEEN, UNSORTED
from union_portal.base import paper
from union_portal.base.paper import types
from union_portal.base.paper.blocks import (
    Block,
    chapters,
    day_in_words,
    note,
    paragraph,
    paragraphs,
    table,
    text_of,
)
from union_portal.base.paper.word import write_docx

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
# How many categories are named where there are more.
_FIRST = 3


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
    paper.check_text(result, text_of(context))
    return result


def render_proposal_docx(data: Data, *, created: dt.datetime) -> bytes:
    """Return the same report as an editable Word document."""
    return write_docx(layout(data, created=created), created=created, author=data["signer"])


def layout(data: Data, *, created: dt.datetime) -> Data:
    """Return the context of templates/annual_report/reports/paper.html."""
    told = [
        ("提案征集与审查情况", _collecting(data)),
        ("提案分类情况", _sorted(data)),
        ("提案办理与答复情况", _handling(data)),
        ("提案人评价情况", _rating(data)),
        ("意见建议办理情况", list(_advice(data))),
    ]
    before, after = ([block["text"] for block in paragraphs(data.get(name, ""))] for name in ("before", "after"))
    return {
        "title": data["title"],
        "title_lines": _title_lines(data["title"]),
        "salutation": "各位代表：",
        "opening": ["现将提案征集、审查、办理和评价情况报告如下，请予审议。", *before],
        "contents": False,
        "chapters": chapters(told),
        "closing": after,
        "annexes": [{"heading": "立案提案一览表", "blocks": _filed(data)}] if data["filed"] else [],
        "signer": data["signer"],
        "signed_on": day_in_words(timezone.localtime(created).date()),
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


def _collecting(data: Data) -> list[Block]:
    numbers = data["totals"]
    several = len(data["sessions"]) > 1
    whose = f"{len(data['sessions'])}次会议" if several else data["sessions"][0]["title"]
    bodies = [f"{one['name']}提案{one['numbers']['collected']}件" for one in data["bodies"]]
    apart = f"，其中{'、'.join(bodies)}" if len(bodies) > 1 else ""
    merged = f"并案{numbers['merged']}件，" if numbers["merged"] else ""
    decided = _told(numbers, {"filed": "正式立案", "passed_on": "转为意见建议", "declined": "不予立案"})
    left = _told(numbers, {"withdrawn": "提案人撤回", "undecided": "尚待审查"})
    filed = [f"{one['name']}提案{one['numbers']['filed']}件" for one in data["bodies"]]
    filed_apart = f"立案提案中，{'、'.join(filed)}。" if len(filed) > 1 and numbers["filed"] else ""
    text = f"{whose}共征集提案{numbers['collected']}件{apart}。"
    if decided:
        text += f"经审查，{merged}确定提案{numbers['reviewed']}件：{decided}。"
    text += f"{left}。" if left else ""
    blocks = [paragraph(text + filed_apart)]
    blocks += [note(f"说明：{one['text']}。{one['explanation']}") for one in data["doubts"]]
    blocks += _totals_told(data)
    if several:
        blocks.append(_by_session(data))
    return blocks


def _told(numbers: dict[str, int], names: dict[str, str]) -> str:
    """Say the numbers under these names that are not zero."""
    return "，".join(f"{words}{numbers[name]}件" for name, words in names.items() if numbers[name])


def _totals_told(data: Data) -> list[Block]:
    """Say which numbers come from totals without forms, and which totals were not counted."""
    notes = [note(f"说明：{text}。") for text in data["left_out"]]
    if not data["summaries"]:
        return notes
    each = "、".join(
        f"{one['what']}{one['words']}件（{one['from']}至{one['to']}，{one['source']}）" for one in data["summaries"]
    )
    return [note(f"说明：以上含往年数据补录{each}；同期逐件登记的不重复计。"), *notes]


def _by_session(data: Data) -> Block:
    told = [
        *((one, "（含往年数据补录）" if one["summary"] else "") for one in data["sessions"]),
        *((one, "") for one in data["spans"]),
    ]
    rows = [_row(f"{one['title']}{mark}", [one["numbers"][key] for _label, key in _STAGES]) for one, mark in told]
    total = _row("合计", [data["totals"][key] for _label, key in _STAGES])
    return table("各次会议提案情况", "件", ["会议", *(label for label, _key in _STAGES)], rows, total=total)


def _sorted(data: Data) -> list[Block]:
    unnamed = (UNSORTED, UNSEEN)
    named = sorted((one for one in data["categories"] if one["name"] not in unnamed), key=lambda one: -one["collected"])
    if not named:
        return []
    keys = ("collected", "collected_share", "filed", "filed_share")
    rows = [_row(one["name"], [one[key] for key in keys]) for one in data["categories"]]
    collected, filed = (sum(one[key] for one in data["categories"]) for key in ("collected", "filed"))
    whole = [f"{100 if count else 0:.1f}" for count in (collected, filed)]
    total = _row("合计", [collected, whole[0], filed, whole[1]])
    unsorted = sum(one["collected"] for one in data["categories"] if one["name"] in unnamed)
    text = f"征集的提案按内容分为{len(named)}类"
    first = named[:_FIRST]
    if len(named) > _FIRST and first[-1]["collected"] > named[_FIRST]["collected"]:
        told = [f"“{one['name']}”{one['collected']}件" for one in first]
        text += f"，较多的是{'、'.join(told)}"
    elif len(named) > 1 and first[0]["collected"] > first[1]["collected"]:
        most = first[0]
        text += f"，其中“{most['name']}”最多，共{most['collected']}件，占{most['collected_share']}%"
    text += f"，另有{unsorted}件未分类。" if unsorted else "。"
    return [
        paragraph(text),
        table("提案分类统计", "", ["类别", "征集（件）", "占比（%）", "立案（件）", "占比（%）"], rows, total=total),
    ]


def _handling(data: Data) -> list[Block]:
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
    rows = [_row(one["name"], [one[key] for key in keys]) for one in data["departments"]]
    sums = [_sum([one[key] for one in data["departments"]]) for key in keys]
    headings = ["部门", "主办", "协办", "答复", "按期", "满意", "基本满意", "不满意"]
    undated = any(one["led"] and one["on_time"] is None for one in data["departments"])
    return [
        paragraph(text + _answers(data)),
        *map(paragraph, _cases(data)),
        table("承办部门办理情况", "件", headings, rows, total=_row("合计", sums)),
        *([note("注：“—”为没有办理期限或期限未到，不计按期。")] if undated else []),
    ]


def _sum(numbers: Sequence[int | None]) -> int | None:
    """Add up what is known; nothing known is no zero."""
    known = [number for number in numbers if number is not None]
    return sum(known) if known else None


def _answers(data: Data) -> str:
    """Say in which way the proposals were answered; those of totals without forms are not known."""
    answers = data.get("answers", {})
    told = [f"{kind.label}{answers[kind]}件" for kind in ReplyKind if answers.get(kind)]
    return f"答复中，{'，'.join(told)}。" if told else ""


def _cases(data: Data) -> Iterator[str]:
    """Tell the cases that the officer chose, in the officer's words."""
    for place, one in enumerate(data.get("cases", ())):
        words = " ".join(one["words"].split()).rstrip("。")
        by = f"由{one['lead']}办理，" if one["lead"] and not words.startswith(one["lead"]) else ""
        yield f"{'又如' if place else '如'}：第{one['number']}号提案“{one['title']}”，{by}{words}。"


def _rating(data: Data) -> list[Block]:
    numbers, rates = data["totals"], data["rates"]
    if not numbers["answered"]:
        return []
    text = (
        f"提案人已评价{numbers['rated']}件：满意{numbers['satisfied']}件，基本满意{numbers['basically']}件，"
        f"不满意{numbers['dissatisfied']}件"
    )
    text += f"，满意率（含基本满意）{rates['satisfaction']['percent']}。" if numbers["rated"] else "。"
    text += f"尚未评价{numbers['unrated']}件。" if numbers["unrated"] else ""
    return [paragraph(text)]


def _advice(data: Data) -> Iterator[Block]:
    """Tell what was heard beside the filed proposals, and how much of it was answered in writing."""
    own = data.get("advice", {})
    numbers = {"passed_on": data["totals"]["passed_on"], "late": 0, "suggestions": 0, "answered": 0} | own
    names = {
        "passed_on": "由提案转为意见建议",
        "late": "逾期提交的提案作为意见建议",
        "suggestions": "会议期间收集意见建议",
    }
    told = _told(numbers, names)
    if told:
        answered = f"，已书面答复{numbers['answered']}件" if numbers["answered"] else ""
        yield paragraph(f"{told}{answered}。")


def _filed(data: Data) -> list[Block]:
    rows = [
        [(one["number"], ""), (one["title"], "left"), (one["author"], ""), (one["lead"], "left"), (one["grade"], "")]
        for one in data["filed"]
    ]
    unseen = data["totals"]["filed"] - len(data["filed"])
    told = [note(f"另有{unseen}件为往年数据补录，没有逐件登记，未列入本表。")] if unseen > 0 else []
    return [table("", "", ["编号", "案由", "提案人", "主办部门", "评价"], rows), *told]


def _row(name: str, values: Sequence[Any]) -> list[tuple[str, str]]:
    return [(name, "left"), *(("—" if value is None else str(value), "number") for value in values)]
