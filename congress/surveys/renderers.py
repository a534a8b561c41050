"""测评结果统计表 as PDF in official layout: what came back, one table for the questions of a scale, the words."""

from collections.abc import Iterator
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone

from congress.surveys.enums import AnswerKind, Audience, SurveyKind
from congress.surveys.models import Survey
from congress.surveys.services.results import Result, Results
from union_portal.base import paper
from union_portal.base.paper import blocks, types
from union_portal.base.paper.blocks import day_in_words, paragraph

_TITLES = {SurveyKind.APPRAISAL: "民主评议结果统计表", SurveyKind.SESSION: "满意度测评结果统计表"}
_CAPTIONS = {AnswerKind.GRADE: "评议等次", AnswerKind.SATISFACTION: "满意度评价", AnswerKind.YES_NO: "表态"}


def survey_results(*, survey: Survey, found: Results, union: str) -> types.PaperResult:
    """Lay out the totals of a closed survey; those of an anonymous one with too few sheets are withheld here too."""
    context = layout(survey=survey, found=found, union=union)
    html = render_to_string("annual_report/reports/paper.html", context)
    return paper.render(html, title=context["title"], created=timezone.now(), stylesheet="gongwen", archival=False)


def layout(*, survey: Survey, found: Results, union: str) -> dict[str, Any]:
    """Return the context of templates/paper/report.html."""
    kind = _TITLES.get(SurveyKind(survey.kind), "测评结果统计表")
    told = [("组织情况", list(_opening(survey, found)))]
    if found.withheld:
        told.append(("测评结果", [paragraph("收回测评表过少，为保护参评人，本次匿名测评不公布结果。")]))
    else:
        told += [("测评结果", list(_tables(found))), ("意见和建议", list(_words(found)))]
    return {
        "title": f"{survey.title}{'' if survey.title.endswith(kind) else kind}",
        "title_lines": [survey.title, kind],
        "chapters": blocks.chapters(told),
        "closing": ["统计人（签字）：　　　　　　　　　　监督人（签字）："],
        "signer": union,
        "signed_on": day_in_words(timezone.localdate()),
    }


def _opening(survey: Survey, found: Results) -> Iterator[dict[str, Any]]:
    asked = {
        Audience.DELEGATES: f"{survey.sitting}的代表" if survey.sitting else "大会代表",
        Audience.MEMBERS: "全体会员",
        Audience.BRANCH: f"{survey.branch}会员" if survey.branch else "分工会会员",
    }[Audience(survey.audience)]
    days = day_in_words(survey.opens_on)
    if survey.closes_on != survey.opens_on:
        days += f"至{day_in_words(survey.closes_on)}"
    how = "以纸质测评表进行，汇总后录入" if survey.recorded else "在工会工作平台进行"
    named = "无记名" if survey.anonymous else "实名"
    yield paragraph(f"测评对象为{asked}，采用{named}方式，于{days}{how}。")
    rate = f"，收回率{found.rate}%" if found.rate is not None else ""
    yield paragraph(f"应参评{found.asked}人，收回测评表{found.answered}份{rate}。")


def _tables(found: Results) -> Iterator[dict[str, Any]]:
    for kind, caption in _CAPTIONS.items():
        rows = [one for one in found.questions if one.kind == kind]
        if rows:
            yield _table(caption, rows)
    if any(one.choices for one in found.questions):
        yield {
            "kind": "note",
            "text": "注：每格为票数及其占该项评价的百分比，因四舍五入合计或不足100%；未作评价的不计入合计。",
        }


def _table(caption: str, rows: list[Result]) -> dict[str, Any]:
    heads = [str(choice.label) for choice in rows[0].choices]
    return blocks.table(
        caption,
        "票",
        ["测评内容", *heads, "合计"],
        [
            [
                (one.question, "left"),
                *((f"{choice.count} ({choice.share}%)", "number") for choice in one.choices),
                (str(one.total), "number"),
            ]
            for one in rows
        ],
    )


def _words(found: Results) -> Iterator[dict[str, Any]]:
    for one in found.questions:
        if one.words:
            yield paragraph(f"{one.question}（{len(one.words)}条，按文字顺序排列，不反映提交先后）：")
            yield from ({"kind": "item", "text": f"{number}．{words}"} for number, words in enumerate(one.words, 1))
