"""What the outlines that the portal ships are made of: lines by what they count, and sections by theme."""

from typing import NamedTuple

from union_portal.annual_report.outlines.enums import Style, Theme
from welfare.benefits.enums import Festival


class Line(NamedTuple):
    """A figure that is counted; table and chart say where it stands besides the paragraphs."""

    key: str
    label: str
    table: bool = False
    chart: bool = False
    unit: str = ""


class Section(NamedTuple):
    """A section: its lines are counted in the chapter, its paragraphs quote them."""

    heading: str = ""
    theme: Theme | str = ""
    guidance: str = ""
    starter: str = ""
    lines: tuple[Line, ...] = ()
    paragraphs: tuple[str, ...] = ()


class Chapter(NamedTuple):
    """A chapter with its sections."""

    heading: str
    sections: tuple[Section, ...]


class Shipped(NamedTuple):
    """A whole outline."""

    code: str
    name: str
    style: Style
    title: str
    salutation: str
    opening: str
    closing: str
    chapters: tuple[Chapter, ...]


MEMBERS = (
    Line("members.total", "在册会员"),
    Line("members.women", "女会员"),
    Line("members.branches", "分工会", unit="个"),
    Line("members.direct_groups", "直属工会小组", unit="个"),
    Line("members.new", "新会员会籍转接"),
    Line("members.transferred_out", "会籍转出"),
    Line("members.joined_outside", "编制外人员入会"),
    Line("members.elections", "分工会换届", unit="个"),
    Line("members.by_elections", "补选工会干部", unit="个"),
    Line("members.union_elections", "校工会换届", unit="次"),
    Line("congress.elections", "选举产生的委员会", unit="个"),
    Line("congress.committees_formed", "新一届委员会", unit="个"),
    Line("congress.by_elections", "补选委员", unit="个"),
    Line("members.staff", "教职工"),
    Line("members.membership_rate", "教职工入会率", unit="%"),
    Line("members.officers", "工会干部"),
    Line("members.officers_full_time", "专职工会干部"),
    Line("members.officers_part_time", "兼职工会干部"),
)
DEMOCRACY = tuple(
    Line(f"congress.{kind}", label, unit=unit)
    for kind, label, unit in (
        ("sessions", "教代会、工代会会议", "次"),
        ("sessions.staff", "教代会会议", "次"),
        ("sessions.union", "工代会会议", "次"),
        ("delegates", "代表", "人"),
        ("session_attendance", "代表出席率", "%"),
        ("agenda.heard", "听取报告", "项"),
        ("agenda.reviewed", "审议事项", "项"),
        ("agenda.passed", "审议通过事项", "项"),
        ("titles.heard", "听取的报告种类", "项"),
        ("proposals.collected", "征集提案", "件"),
        ("proposals.merged", "并案", "件"),
        ("proposals.reviewed", "审查确定的提案", "件"),
        ("proposals.filed_before_merging", "并案前立案的提案", "件"),
        ("proposals.filed", "立案提案", "件"),
        ("proposals.filed.staff", "教代会立案提案", "件"),
        ("proposals.filed.union", "工代会立案提案", "件"),
        ("proposals.passed_on", "转为意见建议的提案", "件"),
        ("proposals.declined", "不予立案的提案", "件"),
        ("proposals.withdrawn", "撤回的提案", "件"),
        ("proposals.undecided", "待审查的提案", "件"),
        ("proposals.answered", "已答复提案", "件"),
        ("proposals.solved", "已解决的提案", "件"),
        ("proposals.planned", "列入计划的提案", "件"),
        ("proposals.cannot", "暂不能采纳的提案", "件"),
        ("proposals.reply_rate", "提案答复率", "%"),
        ("proposals.on_time_rate", "提案按期答复率", "%"),
        ("proposals.satisfied", "满意", "件"),
        ("proposals.basically", "基本满意", "件"),
        ("proposals.dissatisfied", "不满意", "件"),
        ("proposals.unrated", "未评价", "件"),
        ("proposals.satisfaction_rate", "提案满意率", "%"),
        ("suggestions", "意见建议", "条"),
        ("suggestions_answered", "已答复意见建议", "条"),
        ("suggestions_direct", "直接征集的意见建议", "条"),
        ("suggestions_direct_answered", "已答复的直接征集的意见建议", "条"),
        ("suggestion_drives", "“金点子”征集", "次"),
        ("inspections", "代表巡视", "次"),
        ("meetings.union", "工会委员会会议", "次"),
        ("meetings.executive", "教代会执行委员会会议", "次"),
        ("meetings.proposal", "提案工作委员会会议", "次"),
        ("meetings.finance_review", "经费审查委员会会议", "次"),
        ("documents", "委员会审议文件", "个"),
        ("regulations", "制定、修订规章制度", "部"),
        ("regulations_in_force", "现行规章制度", "部"),
        ("awards.proposal", "优秀提案", "件"),
        ("awards.department", "先进承办单位", "个"),
    )
)
# Festivals told where they belong to, in the sections of the women and of the retirees.
OWN_SECTION = {Festival.WOMEN, Festival.DOUBLE_NINTH}
# Every festival there is, so that the annex adds up to their total; what was not held is counted and says nothing.
FESTIVALS = (
    *(
        Line(f"welfare.festival.{key}", f"{name}慰问", table=True, chart=True)
        for key, name in (*Festival.choices, ("other", "其他节日"))
    ),
    Line("welfare.festival", "节日慰问合计", table=True),
    Line("welfare.festivals_held", "发放慰问品的节日", unit="个"),
    Line("welfare.festivals_held.other", "其他节日与活动", unit="个"),
)
CARE = (
    Line("welfare.birthday", "生日慰问", table=True, chart=True),
    Line("welfare.summer", "送清凉", table=True, chart=True),
    Line("welfare.winter", "送温暖", table=True),
    Line("welfare.frontline", "一线慰问", table=True),
    Line("welfare.wedding", "结婚慰问", table=True),
    Line("welfare.birth", "生育慰问", table=True),
    Line("welfare.hospital", "住院慰问", table=True),
    Line("welfare.serious_illness", "大病慰问", table=True),
    Line("welfare.bereavement", "丧事慰问", table=True),
    Line("welfare.death", "会员去世抚慰", table=True),
    Line("welfare.hardship", "困难帮扶", table=True),
    Line("welfare.hardship_aid.special", "特别困难补助", table=True),
    Line("welfare.hardship_aid_days.special", "特别困难补助发放", unit="次"),
    Line("welfare.hardship_aid.temporary", "临时困难补助", table=True),
    Line("welfare.hardship_aid.schooling", "金秋助学", table=True),
    Line("welfare.hardship_files", "在册困难职工"),
    Line("welfare.disaster", "突发变故慰问", table=True),
    Line("welfare.special_group", "特殊群体走访", table=True),
    Line("welfare.visits", "登门走访", unit="人次", table=True),
    Line("welfare.veterans", "退役军人慰问", table=True),
    Line("welfare.disability", "伤残保健金", table=True),
    Line("welfare.children", "六一慰问", table=True),
    Line("welfare.schooling", "子女入学服务"),
    Line("welfare.health_check", "健康体检"),
    Line("welfare.recuperation", "疗休养"),
    Line("welfare.health_checks", "组织体检"),
    Line("welfare.health_check_contracts", "签约体检机构", unit="家"),
    Line("welfare.health_check_attendance.staff", "在职教职工参检"),
    Line("welfare.health_check_attendance.retired", "离退休教职工参检"),
    Line("welfare.health_check_refunds", "自行体检报销", table=True),
    Line("welfare.recuperation_batches", "疗休养批次", unit="期"),
    Line("welfare.recuperation_people", "参加疗休养", unit="人次", table=True),
)
INSURANCE = (
    Line("welfare.cover", "互助保障", table=True),
    Line("welfare.plans_joined", "参加的互助保障计划"),
    Line("welfare.plans_new", "新参加的互助保障计划"),
    Line("welfare.claims", "互助保障理赔申请"),
    Line("welfare.claims_paid", "互助保障获赔", table=True),
)
SERVICES = (
    Line("welfare.services", "服务实事", unit="项"),
    Line("welfare.services_reached", "服务实事惠及", unit="人次"),
    Line("welfare.services.child_schooling", "子女入学", unit="项"),
    Line("welfare.services.child_schooling.middle", "子女入学（小升初）", unit="项"),
    Line("welfare.services.child_schooling.high", "子女入学（初升高）", unit="项"),
    Line("welfare.services.consultation", "咨询服务", unit="项"),
    Line("welfare.services.housing", "住房帮扶", unit="项"),
    Line("welfare.donations", "捐款捐物活动", unit="次", table=True),
    Line("welfare.donations_used", "善款使用", unit="笔"),
    Line("welfare.group_buys", "惠民活动", unit="次"),
    Line("welfare.assistance", "消费帮扶", unit="笔", table=True),
    Line("welfare.assistance_plans", "完成的消费帮扶计划", unit="项"),
)
CULTURE = (Line("welfare.culture", "文化惠民", table=True),)
RETIREES = (
    Line("members.retirees", "离退休教职工"),
    Line("members.retired", "会员退休"),
    Line("welfare.retirement", "退休慰问", table=True),
    Line("welfare.retiree_visit", "离退休走访", table=True),
)
MONEY = (
    Line("welfare.purchase", "慰问品采购", unit="元"),
    Line("welfare.spent", "福利慰问支出", unit="元"),
    Line("welfare.income", "经费收入", unit="元"),
    Line("welfare.budgets", "年度预算", unit="份"),
    Line("welfare.final_accounts", "年度决算", unit="份"),
    Line("welfare.audits", "经费审查", unit="次"),
    Line("welfare.audit_findings", "审查问题", unit="条"),
    Line("welfare.rule_sources", "慰问标准依据文件", unit="份"),
)


def each(pattern: str, *keys: str) -> str:
    """Return the pattern once for each key, KEY replaced by it, each to fall away by itself."""
    return "".join(f"〔{pattern.replace('KEY', key)}〕" for key in keys)


def given(verb: str, key: str) -> str:
    """Return a clause for a benefit that says what is known of it: people with the sum, or the sum alone."""
    lead = verb[: len(verb) - len(verb.lstrip("，、；"))]
    whole = verb.replace("KEY", f"{{{key}:count}}")
    return f"〔{whole}〔（{{{key}:amount_wan}}）〕｜{lead}{{{key}:label}}{{{key}:amount_wan}}〕"


VISITED: tuple[str, ...] = ("veteran_cadre", "retirees", "model_worker", "martyr_family", "fallen_family", "aid_family")
VISITED += ("famous_teacher", "honoured", "frontline", "illness", "bereavement", "hardship")


def checked() -> str:
    """Return the paragraph about health checks and 疗休养 as their own rooms keep them."""
    return (
        "〔与{welfare.health_check_contracts:items}等{welfare.health_check_contracts:times}家医院签订体检合同；〕"
        "〔组织教职工体检{welfare.health_checks:times}次〕"
        "〔，在职教职工参检{welfare.health_check_attendance.staff:heads}人〕"
        "〔，离退休教职工参检{welfare.health_check_attendance.retired:heads}人〕"
        "〔，报销自行体检费用{welfare.health_check_refunds:amount_wan}〕"
        "〔；开展疗休养{welfare.recuperation_batches:times}期〔，{welfare.recuperation_people:times}人次参加〕〕。"
    )


def visited() -> str:
    """Return a sentence on visits: all of them, then by whom was gone to see, as far as the shipped kinds tell."""
    stem, parts = "welfare.visits", []
    for code in VISITED:
        key = f"{stem}_to.{code}"
        parts.append(f"〔，{{{key}:label}}{{{key}:times}}人次〔（{{{key}:amount_wan}}）〕〕")
    whole = f"〔登门走访教职工及家属{{{stem}:times}}人次〔，送去慰问{{{stem}:amount_wan}}〕〕"
    retired = f"〔，其中春节等节日走访离退休教职工{{{stem}_held.retirees:times}}次〕"
    return f"{whole}{retired}{''.join(parts)}。"


def filed(verb: str) -> str:
    """Return how many proposals were filed: before and after merging where any was merged, by body where known."""
    stem = "congress.proposals."
    bodies = f"〔（教代会{{{stem}filed.staff:times}}件、工代会{{{stem}filed.union:times}}件）〕"
    plain = f"；{verb}{{{stem}filed:times}}件{bodies}｜；{verb}〔教代会提案{{{stem}filed.staff:times}}件〕"
    plain += f"〔、工代会提案{{{stem}filed.union:times}}件〕"
    merged = f"；{verb}{{{stem}filed_before_merging:times}}件，并案后为{{{stem}filed:times}}件{bodies}"
    return f"〔，其中并案{{{stem}merged:times}}件〔{merged}｜{plain}〕｜〔{plain}〕〕"


BOUGHT = (
    "〔组织采购{welfare.procurements:times}笔〔，合计{welfare.procurements:amount_wan}〕"
    "〔，其中公开招标{welfare.procurements.tender:times}笔〕〔，单一来源采购{welfare.procurements.single:times}笔〕〕。"
)
# What was done for members beside benefits: services, donations, purchases that help a region, offers.
KINDNESS = (
    (
        "〔办理服务实事{welfare.services:times}项〔，惠及{welfare.services_reached:times}人次〕〕"
        "〔；帮助教职工子女入学{welfare.services.child_schooling:heads}人"
        "〔，其中小升初{welfare.services.child_schooling.middle:times}人〕"
        "〔，初升高{welfare.services.child_schooling.high:times}人〕〕"
        "〔；组织咨询{welfare.services.consultation:times}场〔（{welfare.services.consultation:items}）〕〕"
        "〔；开展心理服务{welfare.services.counselling:times}项〔（{welfare.services.counselling:items}）〕〕"
        "〔；协助解决住房困难{welfare.services.housing:times}件〕。"
    ),
    (
        "〔组织捐款捐物{welfare.donations:times}次〔（{welfare.donations:items}）〕"
        "〔，募集善款{welfare.donations:amount_wan}〕"
        "〔，其中慈善一日捐{welfare.donations.charity_day:amount_wan}〕"
        "〔，公益募捐{welfare.donations.appeal:amount_wan}〕〕〔；使用善款{welfare.donations_used:amount_wan}〕。"
    ),
    (
        "〔采购帮扶地区农产品{welfare.assistance:amount_wan}〔，其中通过832平台采购{welfare.assistance.platform:amount_wan}〕〕"
        "〔；完成消费帮扶计划{welfare.assistance_plans:times}项〔（{welfare.assistance_plans:items}）〕"
        "〔，超额{welfare.assistance_over:amount_wan}〕〕"
        "〔；组织团购{welfare.group_buys.group_buy:times}次〕"
        "〔；举办惠民展销{welfare.group_buys.fair:times}次〔（{welfare.group_buys.fair:items}）〕〕"
        "〔；送购上门{welfare.group_buys.delivery:times}次〔（{welfare.group_buys.delivery:items}）〕〕。"
    ),
)
