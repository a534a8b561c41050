"""The department's summary: numbered items, each a complete fact with its parts folded in."""

from union_portal.annual_report.outlines.enums import Style, Theme
from union_portal.annual_report.outlines.services.shipped import (
    BOUGHT,
    CARE,
    CULTURE,
    DEMOCRACY,
    FESTIVALS,
    INSURANCE,
    KINDNESS,
    MEMBERS,
    MONEY,
    OWN_SECTION,
    RETIREES,
    SERVICES,
    Chapter,
    Section,
    Shipped,
    checked,
    filed,
    visited,
)
from welfare.benefits.enums import Festival


def _item(verb: str, key: str) -> str:
    """Return an item that tells of a benefit: whom it reached and what it came to, or the sum alone."""
    told = verb.replace("KEY", f"{{{key}:count}}")
    return f"〔{told}〔，合计{{{key}:amount_wan}}〕｜{{{key}:label}}支出{{{key}:amount_wan}}〕。"


def _festival(key: str) -> str:
    return _item(f"{{{key}:label}}：向KEY发放慰问品", key)


_EFFECTS = (
    Section(guidance="对照年初要点概述，再由数据项分述"),
    Section("思想引领", Theme.IDEAS, guidance="理论学习、宣传、先进典型"),
    Section(
        "组织建设",
        Theme.ORGANISATION,
        guidance="会员、分工会、换届、建家",
        lines=MEMBERS,
        paragraphs=(
            (
                "〔截至期末共有在册会员{members.total:heads}人〔（{members.total:change}）〕"
                "〔，其中女会员{members.women:heads}人〕〔，教职工入会率{members.membership_rate:share}〕〕〔；设分工会{members.branches:times}个〕"
                "〔、直属工会小组{members.direct_groups:times}个〕"
                "〔，工会干部{members.officers:heads}人〔（专职{members.officers_full_time:heads}人、"
                "兼职{members.officers_part_time:heads}人）〕〕。"
            ),
            (
                "办理新会员入会、转入手续{members.new:heads}人〔（编制外人员入会{members.joined_outside:heads}人）〕"
                "〔，会籍转出{members.transferred_out:heads}人〕。"
            ),
            (
                "〔指导{members.elections:times}个分工会完成换届选举〕〔；补选工会干部{members.by_elections:heads}人〕"
                "〔；选举产生{congress.elections:items}｜；新组成{congress.committees_formed:items}"
                "｜；选举产生{members.union_elections:items}〕"
                "〔；补选{congress.by_elections:items}委员{congress.by_elections:heads}人"
                "｜；补选委员{congress.by_elections:heads}人〕。"
            ),
        ),
    ),
    Section(
        "民主管理",
        Theme.DEMOCRACY,
        guidance="教代会、提案、意见建议、制度",
        lines=DEMOCRACY,
        paragraphs=(
            (
                "召开教代会、工代会会议{congress.sessions:times}次〔（{congress.sessions:dated}）〕"
                "〔，听取报告{congress.agenda.heard:times}项〕〔，审议{congress.agenda.reviewed:times}项〕"
                "〔，审议通过{congress.agenda.passed:times}项〔（{congress.agenda.passed:items}）〕〕"
                "〔；现有代表{congress.delegates:heads}人〕〔，出席率{congress.session_attendance:share}〕。"
            ),
            (
                "〔征集提案{congress.proposals.collected:times}件〔（{congress.proposals.collected:change}）〕〕"
                + filed("立案")
                + "〔，{congress.proposals.passed_on:times}件转作意见建议〕"
                "〔，{congress.proposals.declined:times}件不予立案〕"
                "〔，共审查确定{congress.proposals.reviewed:times}件〕"
                "〔，{congress.proposals.withdrawn:times}件撤回〕〔，{congress.proposals.undecided:times}件待审查〕。"
            ),
            (
                "〔答复提案{congress.proposals.answered:times}件〕〔，答复率{congress.proposals.reply_rate:share}〕"
                "〔，按期答复率{congress.proposals.on_time_rate:share}〕"
                "〔；已解决{congress.proposals.solved:times}件〕〔、列入计划{congress.proposals.planned:times}件〕"
                "〔、暂不能采纳{congress.proposals.cannot:times}件〕"
                "〔；评价满意{congress.proposals.satisfied:times}件〔、基本满意{congress.proposals.basically:times}件〕"
                "〔、不满意{congress.proposals.dissatisfied:times}件｜，无一不满意{congress.proposals.dissatisfied:none}〕〕"
                "〔，满意率{congress.proposals.satisfaction_rate:share}〕。"
            ),
            (
                "〔受理意见建议{congress.suggestions_direct:times}条"
                "〔，书面答复{congress.suggestions_direct_answered:times}条〕"
                "｜受理意见建议{congress.suggestions:times}条〔，书面答复{congress.suggestions_answered:times}条〕〕"
                "〔；开展“金点子”征集{congress.suggestion_drives:times}次〕〔；组织代表巡视{congress.inspections:times}次〕。"
            ),
            (
                "〔召开工会委员会会议{congress.meetings.union:times}次〕"
                "〔、教代会执行委员会会议{congress.meetings.executive:times}次〕"
                "〔、提案工作委员会会议{congress.meetings.proposal:times}次〕"
                "〔、经费审查委员会会议{congress.meetings.finance_review:times}次〕"
                "〔，审议文件{congress.documents:times}个〔（{congress.documents:items}）〕〕。"
            ),
            (
                "〔制定、修订规章制度{congress.regulations:times}部〔（{congress.regulations:items}）〕〕"
                "〔；现行规章制度{congress.regulations_in_force:times}部〕。"
            ),
            "表彰〔优秀提案{congress.awards.proposal:times}件〕〔、先进承办单位{congress.awards.department:times}个〕。",
        ),
    ),
    Section("建功立业", Theme.ACHIEVEMENT, guidance="竞赛、培训、荣誉"),
    Section(
        "暖心服务",
        Theme.CARE,
        guidance="普惠慰问、困难帮扶、互助保障、健康服务",
        lines=(*FESTIVALS, *CARE, *INSURANCE, *SERVICES),
        paragraphs=(
            *(_festival(f"welfare.festival.{one}") for one in (*Festival, "other") if one not in OWN_SECTION),
            (
                "〔全年〔在{welfare.festivals_held:times}个节日〕慰问{welfare.festival:count}"
                "〔（{welfare.festival:change}）〕〔，合计{welfare.festival:amount_wan}〕"
                "｜全年节日慰问支出{welfare.festival:amount_wan}〕"
                "〔；{welfare.festivals_held.other:items}另有慰问〕。"
            ),
            _item("为KEY送上生日祝福", "welfare.birthday"),
            _item("暑期“送清凉”，惠及KEY", "welfare.summer"),
            _item("冬季“送温暖”，慰问KEY", "welfare.winter"),
            _item("慰问坚守一线的教职工KEY", "welfare.frontline"),
            (
                "〔新婚慰问{welfare.wedding:count}〔，每份{welfare.wedding:unit_price}元〕〔，合计{welfare.wedding:amount_wan}〕〕"
                "〔；生育慰问{welfare.birth:count}〔，每份{welfare.birth:unit_price}元〕〔，合计{welfare.birth:amount_wan}〕〕。"
            ),
            (
                "〔慰问因病住院会员{welfare.hospital:count}〔，合计{welfare.hospital:amount_wan}〕"
                "｜住院慰问支出{welfare.hospital:amount_wan}〕"
                "〔；慰问患重病会员{welfare.serious_illness:count}〔，合计{welfare.serious_illness:amount_wan}〕〕。"
            ),
            (
                "〔慰问痛失亲人的会员{welfare.bereavement:count}〔，合计{welfare.bereavement:amount_wan}〕〕"
                "〔；抚慰去世会员家属{welfare.death:count}〔，合计{welfare.death:amount_wan}〕〕。"
            ),
            (
                "〔在册困难教职工{welfare.hardship_files:heads}人；〕"
                "〔帮扶困难教职工{welfare.hardship:count}〔，合计{welfare.hardship:amount_wan}〕〕"
                "〔；发放特别困难补助{welfare.hardship_aid.special:amount_wan}〔（分{welfare.hardship_aid_days.special:times}次）〕〕"
                "〔、临时困难补助{welfare.hardship_aid.temporary:amount_wan}〕"
                "〔；金秋助学{welfare.hardship_aid.schooling:count}〕"
                "〔；慰问突遭变故的家庭{welfare.disaster:count}〔，合计{welfare.disaster:amount_wan}〕〕"
                "〔；走访特殊群体{welfare.special_group:count}〔，合计{welfare.special_group:amount_wan}〕〕。"
            ),
            visited(),
            checked(),
            (
                "〔慰问退役军人和军属{welfare.veterans:count}〔，合计{welfare.veterans:amount_wan}〕〕"
                "〔；发放伤残保健金{welfare.disability:count}"
                "〔（共{welfare.rounds.disability:times}次）〕〔，合计{welfare.disability:amount_wan}〕〕"
                "〔；六一慰问教职工子女家庭{welfare.children:count}〔，合计{welfare.children:amount_wan}〕〕。"
            ),
            "办理职工互助保障{welfare.cover:count}〔，保费合计{welfare.cover:amount_wan}〕。",
            (
                "〔参加互助保障计划{welfare.plans_joined:times}项〕〔，其中新增{welfare.plans_new:times}项〕"
                "〔；协助申请理赔{welfare.claims:times}人次〕〔，获赔{welfare.claims_paid:amount_wan}〕"
                "〔；组织健康体检{welfare.health_check:heads}人｜；组织健康体检{welfare.health_check:times}次〕〔；组织疗休养{welfare.recuperation:heads}人｜；组织疗休养{welfare.recuperation:times}期〕"
                "〔；协助解决子女入学{welfare.schooling:count}〕〔；疗休养未开展：{welfare.recuperation:reason}〕。"
            ),
            *KINDNESS,
        ),
    ),
    Section(
        "文体活动",
        Theme.CULTURE,
        guidance="比赛、活动、协会",
        lines=CULTURE,
        paragraphs=("文化惠民服务{welfare.culture:told}。",),
    ),
    Section(
        "女职工工作",
        Theme.WOMEN,
        guidance="维权、关爱、提升",
        paragraphs=(_festival("welfare.festival.women"),),
    ),
    Section(
        "离退休工作",
        Theme.RETIREES,
        guidance="荣休、走访、活动",
        lines=RETIREES,
        paragraphs=(
            (
                "〔现有离退休教职工{members.retirees:heads}人；〕〔办理退休会员会籍变动{members.retired:heads}人〕"
                "〔；慰问当年退休教职工{welfare.retirement:count}〔，合计{welfare.retirement:amount_wan}〕〕"
                "〔；走访离退休教职工{welfare.retiree_visit:count}〔，合计{welfare.retiree_visit:amount_wan}〕〕"
                "〔；重阳节慰问{welfare.festival.double_ninth:count}〔，合计{welfare.festival.double_ninth:amount_wan}〕〕。"
            ),
        ),
    ),
    Section(
        "经费使用",
        Theme.MONEY,
        guidance="预算、收支、采购、审计",
        lines=MONEY,
        paragraphs=(
            (
                "〔完成{welfare.final_accounts:items}工会经费决算〔、{welfare.budgets:items}工会经费预算工作〕。"
                "｜完成{welfare.budgets:items}工会经费预算工作。〕"
                "〔经费收入{welfare.income:amount_wan}，〕台账列支福利慰问经费{welfare.spent:amount_wan}"
                "〔，其中采购慰问品{welfare.purchase:amount_wan}〕。"
                "〔开展{welfare.audits:items}〔，提出问题{welfare.audit_findings:times}条〕。〕"
            ),
            BOUGHT,
        ),
    ),
)

SUMMARY = Shipped(
    code="summary",
    name="部门工作总结",
    style=Style.SUMMARY,
    title="{union}{period}工作总结",
    salutation="",
    opening="",
    closing="",
    chapters=(
        Chapter("工作成效", _EFFECTS),
        Chapter("存在问题", (Section(guidance="实事求是，每条一段"),)),
        Chapter("下一步规划", (Section(guidance="下一年的安排，每条一段"),)),
    ),
)
