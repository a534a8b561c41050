"""The two outlines the portal ships; a school changes them as it likes, so a present one is never touched."""

from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Q

from members.totals.models import SummaryRecord
from union_portal.annual_report.outlines.enums import Style
from union_portal.annual_report.outlines.models import Outline, OutlineChapter, OutlineLine
from union_portal.base.periods import Period
from welfare.benefits.enums import Festival
from welfare.mutual_aid.models import MutualAidPlan


class Line(NamedTuple):
    """One line of a shipped outline; table and chart say where it also stands."""

    section: str
    kinds: str
    label: str
    sentence: str
    table: bool = False
    chart: bool = False
    unit: str = ""


ORGANISATION = "组织建设"
DEMOCRACY = "民主管理"
FESTIVALS = "节日慰问"
CARE = "日常关怀"
INSURANCE = "互助保障"
MONEY = "经费使用"

# Every festival there is, so that the annex adds up to their total; what was not held is counted and says nothing.
FESTIVAL_LINES = [
    Line(
        FESTIVALS,
        f"welfare.festival.{key}",
        f"{name}慰问",
        f"为{{heads}}名会员发放{name}慰问品[，合计{{amount_wan}}万元]",
        True,
        True,
    )
    for key, name in (*Festival.choices, ("other", "其他节日"))
]
# A line without a sentence is counted and stands in the annex, but is not read out.
DEMOCRACY_LINES = [
    Line(DEMOCRACY, f"congress.{kind}", label, sentence, unit=unit)
    for kind, label, sentence, unit in (
        ("sessions", "教代会、工代会会议", "召开教代会、工代会会议{times}次", "次"),
        ("sessions.staff", "教代会会议", "", "次"),
        ("sessions.union", "工代会会议", "", "次"),
        ("delegates", "代表", "现有代表{heads}人", "人"),
        ("agenda.heard", "听取报告", "听取报告{times}项", "项"),
        ("agenda.reviewed", "审议事项", "审议报告和事项{times}项", "项"),
        ("agenda.passed", "审议通过事项", "审议通过重大事项{times}项", "项"),
        ("titles.heard", "听取的报告种类", "", "项"),
        ("proposals.collected", "征集提案", "征集提案{times}件", "件"),
        ("proposals.merged", "并案", "其中并案{times}件", "件"),
        ("proposals.reviewed", "审查确定的提案", "经审查确定{times}件", "件"),
        ("proposals.filed", "立案提案", "正式立案{times}件", "件"),
        ("proposals.filed.staff", "教代会立案提案", "其中教代会提案{times}件", "件"),
        ("proposals.filed.union", "工代会立案提案", "工代会提案{times}件", "件"),
        ("proposals.passed_on", "转为意见建议的提案", "作为意见建议转交有关部门{times}件", "件"),
        ("proposals.declined", "不予立案的提案", "不予立案{times}件", "件"),
        ("proposals.withdrawn", "撤回的提案", "撤回{times}件", "件"),
        ("proposals.undecided", "待审查的提案", "待审查{times}件", "件"),
        ("proposals.answered", "已答复提案", "已答复{times}件", "件"),
        ("proposals.reply_rate", "提案答复率", "[提案答复率{share}]", "%"),
        ("proposals.on_time_rate", "提案按期答复率", "[按期答复率{share}]", "%"),
        ("proposals.satisfied", "满意", "提案人满意{times}件", "件"),
        ("proposals.basically", "基本满意", "基本满意{times}件", "件"),
        ("proposals.dissatisfied", "不满意", "不满意{times}件", "件"),
        ("proposals.unrated", "未评价", "", "件"),
        ("proposals.satisfaction_rate", "提案满意率", "[提案满意率{share}]", "%"),
        ("suggestions", "意见建议", "受理意见建议（含提案转来的）{times}条", "条"),
        ("suggestions_answered", "已答复意见建议", "书面答复{times}条", "条"),
        ("suggestion_drives", "“金点子”征集", "开展“金点子”合理化建议征集{times}次", "次"),
        ("inspections", "代表巡视", "组织代表巡视{times}次", "次"),
        ("meetings.union", "工会委员会会议", "召开工会委员会会议{times}次", "次"),
        ("meetings.executive", "教代会执行委员会会议", "教代会执行委员会会议{times}次", "次"),
        ("meetings.proposal", "提案工作委员会会议", "提案工作委员会会议{times}次", "次"),
        ("meetings.finance_review", "经费审查委员会会议", "经费审查委员会会议{times}次", "次"),
        ("documents", "委员会审议文件", "审议文件{times}个", "个"),
        ("regulations", "制定、修订规章制度", "制定、修订、完善规章制度{times}部", "部"),
        ("awards.proposal", "优秀提案", "表彰优秀提案{times}件", "件"),
        ("awards.department", "先进承办单位", "表彰先进承办单位{times}个", "个"),
    )
]
LINES = [
    Line(ORGANISATION, "members.total", "在册会员", "截至统计期末，共有在册会员{heads}人"),
    Line(ORGANISATION, "members.women", "女会员", "其中女会员{heads}人"),
    Line(ORGANISATION, "members.branches", "分工会", "下设分工会{times}个", unit="个"),
    Line(ORGANISATION, "members.direct_groups", "直属工会小组", "设直属工会小组{times}个", unit="个"),
    Line(ORGANISATION, "members.new", "新会员会籍转接", "做好{heads}名新会员会籍相关转接工作"),
    Line(ORGANISATION, "members.transferred_out", "会籍转出", "办理会籍转出{heads}人"),
    Line(ORGANISATION, "members.retired", "会员退休", "办理退休会员会籍变动{heads}人"),
    Line(ORGANISATION, "members.elections", "分工会换届", "指导{times}个分工会完成换届选举", unit="个"),
    *DEMOCRACY_LINES,
    *FESTIVAL_LINES,
    Line(FESTIVALS, "welfare.festival", "节日慰问合计", "全年节日慰问{times}人次[，合计{amount_wan}万元]", True),
    Line(CARE, "welfare.birthday", "生日慰问", "为{heads}名会员送上生日祝福[，合计{amount_wan}万元]", True, True),
    Line(CARE, "welfare.summer", "送清凉", "开展“送清凉”活动，发放慰问品{times}份[，合计{amount_wan}万元]", True, True),
    Line(CARE, "welfare.winter", "送温暖", "开展“送温暖”活动，慰问{heads}人[，合计{amount_wan}万元]", True),
    Line(CARE, "welfare.frontline", "一线慰问", "慰问坚守一线的教职工{heads}人[，合计{amount_wan}万元]", True),
    Line(CARE, "welfare.wedding", "结婚慰问", "为{heads}名新婚会员发放慰问品[，每人{unit_price}元]", True),
    Line(CARE, "welfare.birth", "生育慰问", "为{heads}名生育会员发放慰问品[，每人{unit_price}元]", True),
    Line(CARE, "welfare.hospital", "住院慰问", "慰问因病住院会员{heads}人[，合计{amount}元]", True),
    Line(CARE, "welfare.serious_illness", "大病慰问", "慰问患重病会员{heads}人[，合计{amount}元]", True),
    Line(CARE, "welfare.bereavement", "丧事慰问", "为{heads}名亲属去世的会员发放慰问金[，合计{amount}元]", True),
    Line(CARE, "welfare.death", "会员去世抚慰", "抚慰去世会员家属{heads}人[，合计{amount}元]", True),
    Line(CARE, "welfare.retirement", "退休慰问", "完成{heads}名退休教职工慰问工作[，合计{amount}元]", True),
    Line(CARE, "welfare.hardship", "困难帮扶", "帮扶困难教职工{heads}人[，合计{amount}元]", True),
    Line(CARE, "welfare.disaster", "突发变故慰问", "慰问家庭突发变故教职工{heads}人[，合计{amount}元]", True),
    Line(CARE, "welfare.special_group", "特殊群体走访", "走访慰问特殊群体{heads}人[，合计{amount_wan}万元]", True),
    Line(CARE, "welfare.veterans", "退役军人慰问", "慰问退役军人及军属{heads}人[，每人{unit_price}元]", True),
    Line(CARE, "welfare.disability", "伤残保健金", "发放伤残保健金{times}人次[，合计{amount_wan}万元]", True),
    Line(CARE, "welfare.retiree_visit", "离退休走访", "走访慰问离退休教职工{heads}人[，合计{amount_wan}万元]", True),
    Line(CARE, "welfare.culture", "文化惠民", "为{heads}名会员提供文化惠民福利[，合计{amount_wan}万元]", True),
    Line(CARE, "welfare.schooling", "子女入学服务", "协助解决{heads}名教职工子女入学"),
    Line(CARE, "welfare.health_check", "健康体检", "组织{heads}名教职工参加健康体检"),
    Line(CARE, "welfare.recuperation", "疗休养", "组织{heads}名教职工参加疗休养"),
    Line(
        INSURANCE,
        "welfare.cover",
        "互助保障",
        "办理职工互助保障{heads}人、{times}人次[，保费合计{amount_wan}万元]",
        True,
    ),
    Line(MONEY, "welfare.purchase", "慰问品采购", "全年采购慰问品{amount_wan}万元", unit="元"),
    Line(MONEY, "welfare.spent", "福利慰问支出", "台账列支福利慰问经费{amount_wan}万元", unit="元"),
]

SPEECH: dict[str, Any] = {
    "code": "speech",
    "name": "向教代会（工代会）的工作报告",
    "style": Style.SPEECH,
    "title": "{union}{period}工作报告",
    "salutation": "各位代表、同志们：",
    "opening": "现在，我代表{union}向大会报告{period}工作，请予审议。",
    "closing": "各位代表、同志们，让我们团结一心、扎实工作，以更加优异的成绩回报广大教职工的信任！",
    "chapters": [
        ("工作回顾", "概述一年的工作，再由数据项分述", "", LINES),
        ("存在的不足", "实事求是，每条一段", "", []),
        ("今后工作思路", "下一年的安排，每条一段", "", []),
    ],
}
SUMMARY: dict[str, Any] = {
    "code": "summary",
    "name": "部门工作总结",
    "style": Style.SUMMARY,
    "title": "{union}{period}工作总结",
    "salutation": "",
    "opening": "",
    "closing": "",
    "chapters": [
        ("工作成效", "对照年初要点概述，再由数据项分述", "", LINES),
        ("存在问题", "实事求是，每条一段", "", []),
        ("下一步规划", "下一年的安排，每条一段", "", []),
    ],
}


@transaction.atomic
def ensure_outlines() -> None:
    """Create the shipped outlines that are not there yet; never changes one that is."""
    for data in (SPEECH, SUMMARY):
        fields = {name: value for name, value in data.items() if name != "chapters"}
        outline, created = Outline.objects.get_or_create(code=fields.pop("code"), defaults=fields)
        if not created:
            continue
        for position, (heading, guidance, narrative, lines) in enumerate(data["chapters"], start=1):
            chapter = OutlineChapter.objects.create(
                outline=outline, position=position, heading=heading, guidance=guidance, narrative=narrative
            )
            OutlineLine.objects.bulk_create(
                line_of(chapter, line, place * 10) for place, line in enumerate(lines, start=1)
            )


def ensure_plan_lines(*, outline: Outline, plans: list[tuple[str, str]]) -> None:
    """Add a line for each mutual-aid plan (code, name) that the outline does not mention yet, after the insurance."""
    chapter = outline.chapters.filter(lines__kinds__contains=["welfare.cover"]).first()
    if chapter is None:
        return
    present = set(chapter.lines.values_list("key", flat=True))
    last = chapter.lines.filter(section=INSURANCE).order_by("-position").values_list("position", flat=True).first() or 0
    for place, (code, name) in enumerate(plans, start=last + 1):
        key = f"welfare.cover.{code}"
        if key not in present:
            OutlineLine.objects.create(
                chapter=chapter,
                position=place,
                section=INSURANCE,
                key=key,
                kinds=[key],
                label=name,
                sentence="为{heads}名会员办理{label}[，保费合计{amount_wan}万元]",
                in_table=True,
            )


@transaction.atomic
def name_plans(*, outline: Outline, period: Period) -> None:
    """Give each mutual-aid plan of which the period has covers or totals a line of its own in the outline."""
    span = (period.start, period.end)
    totals = SummaryRecord.objects.filter(period_start__lte=period.end, period_end__gte=period.start)
    told = {kind.removeprefix("welfare.cover.") for row in totals.values_list("kinds", flat=True) for kind in row}
    plans = MutualAidPlan.objects.filter(Q(covers__paid_on__range=span) | Q(code__in=told)).distinct()
    ensure_plan_lines(outline=outline, plans=list(plans.order_by("code").values_list("code", "name")))


def line_of(chapter: OutlineChapter, line: Line, position: int) -> OutlineLine:
    """Return the line as a record of the chapter, not saved."""
    return OutlineLine(
        chapter=chapter,
        position=position,
        section=line.section,
        key=line.kinds,
        kinds=[line.kinds],
        label=line.label,
        sentence=line.sentence,
        in_table=line.table,
        in_chart=line.chart,
        unit=line.unit,
    )
