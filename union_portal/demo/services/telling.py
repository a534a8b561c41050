"""Totals of the year before the portal, and the last full year's report drafts with the chair's own words."""

import datetime as dt
from decimal import Decimal
from typing import Any

from members.totals.enums import Approximation
from members.totals.services import record_summary
from union_portal.annual_report.outlines.enums import Theme
from union_portal.annual_report.outlines.models import Outline, OutlineSection
from union_portal.annual_report.outlines.services.starting import ensure_outlines
from union_portal.annual_report.reports.models import AnnualReport
from union_portal.annual_report.reports.services.drafting import start_report, write_texts
from union_portal.base.periods import Period
from union_portal.demo.services.register import World

# The chair's own words before and after a section's paragraphs, by theme; without one in the chapter of that number.
IDEAS = """\
坚持用党的创新理论武装头脑，把学习贯彻党的二十大精神与学校中心工作结合起来，组织分工会主席和工会干部开展专题学习。\
通过校园网和微信公众号讲好一线教职工的故事，尊重劳动、崇尚技能的氛围日益浓厚。"""
DEMOCRACY_CLOSING = "会上定下的事一件一件抓落实，教职工从提案的答复中看到了变化。"
CARE_CLOSING = """\
全年各项慰问共{welfare.benefits:times}人次、{welfare.benefits:amount_wan}，均凭名册和台账办理，做到人员清、标准清、去向清。"""
PROBLEMS = """\
一是服务的精准度还不够。节日慰问覆盖面广，但对青年教职工、单亲家庭等不同群体的需求了解不深，慰问形式较为单一。
二是基层组织建设不平衡。{members.branches:times}个分工会中，仍有个别分工会未按期换届，活动开展不够经常。
三是疗休养工作开展不充分，健康服务与教职工的期待还有差距。"""
PLANS = """\
一是做实精准服务。在{welfare.festival:times}人次节日慰问的基础上，推行慰问品自选目录，逐项征求分工会意见。
二是抓好基层换届。对任期届满的分工会提前三个月提醒，年内全部完成换届，配强分工会委员。
三是扩大保障覆盖。巩固{welfare.cover:heads}人的互助保障参保成果，为新入职教职工入会当年办理参保。
四是恢复疗休养。优先安排一线教师、劳动模范和从教满三十年的教职工参加。"""
TOLD = {
    (1, Theme.IDEAS): (IDEAS, ""),
    (1, Theme.DEMOCRACY): ("", DEMOCRACY_CLOSING),
    (1, Theme.CARE): ("", CARE_CLOSING),
    (2, ""): (PROBLEMS, ""),
    (3, ""): (PLANS, ""),
}


def record_past(world: World) -> None:
    """Enter the year before the portal as totals, and what the portal does not keep rosters of yet."""
    before = world.anchor - 4
    year = (dt.date(before, 1, 1), dt.date(before, 12, 31))
    archive = f"{before}年工会工作总结（纸质档案）"
    totals: list[tuple[list[str], tuple[dt.date, dt.date], dict[str, Any]]] = [
        (["welfare.festival.spring"], year, {"heads": 1176, "amount": Decimal(588000)}),
        (["welfare.festival.mid_autumn"], year, {"heads": 1189, "amount": Decimal(475600)}),
        (["welfare.birthday"], year, {"heads": 1180, "heads_word": Approximation.NEARLY}),
        (["welfare.summer"], year, {"times": 80, "label": "夏季送清凉"}),
        (["welfare.hospital"], year, {"heads": 17, "amount": Decimal(13600)}),
        (
            ["welfare.bereavement", "welfare.birth", "welfare.retirement", "welfare.wedding"],
            (dt.date(before - 1, 10, 1), dt.date(before, 9, 30)),
            {"label": "婚育退丧", "heads": 61, "amount": Decimal(48800)},
        ),
    ]
    told = [(kinds, span, archive, fields) for kinds, span, fields in totals]
    for one in (world.anchor - 2, world.anchor - 1):
        year = (dt.date(one, 1, 1), dt.date(one, 12, 31))
        heads = 1068 + 27 * (one - world.anchor + 2)
        told.append((["welfare.health_check"], year, f"{one}年校医院体检报告", {"heads": heads, "times": 1}))
    reason = {"not_held_reason": "合作疗休养基地改造，推迟至下一年"}
    told.append((["welfare.recuperation"], year, "工会委员会会议纪要", reason))
    for kinds, (start, end), source, fields in told:
        record_summary(
            kinds=kinds,
            period_start=start,
            period_end=end,
            source=source,
            actor=world.user("organisation"),
            **fields,
        )


def draft_reports(world: World) -> None:
    """Start the drafts of the last full year in both outlines, written as a chair would."""
    ensure_outlines()
    year = world.anchor - 1
    period = Period(dt.date(year, 1, 1), dt.date(year, 12, 31))
    for code in ("speech", "summary"):
        outline = Outline.objects.get(code=code)
        report = start_report(outline=outline, period=period, actor=world.user("chair"))
        AnnualReport.objects.filter(pk=report.pk).update(
            signed_on=dt.date(year, 12, 20),
            speaker=f"工会主席　{world.officers['chair'].name}" if code == "speech" else "",
            occasion="在第三届教职工代表大会暨第二届工会会员代表大会上" if code == "speech" else "",
        )
        sections = {
            (one.chapter.position, one.theme): one.pk
            for one in OutlineSection.objects.filter(chapter__outline=outline).select_related("chapter")
        }
        begun = dict(report.texts.values_list("section_id", "text"))
        told = {sections[place]: words for place, words in TOLD.items()}
        write_texts(report=report, texts={pk: (text or begun[pk], closing) for pk, (text, closing) in told.items()})
