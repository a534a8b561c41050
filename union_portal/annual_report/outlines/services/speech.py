"""The speech to the congress: themes as reports have them, each from purpose to effect, to be read aloud."""

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
    each,
    filed,
    given,
    visited,
)
from welfare.benefits.enums import Festival

_FESTIVALS = each(
    "{KEY:label}{KEY:told}；",
    *(f"welfare.festival.{one}" for one in Festival if one not in OWN_SECTION),
    "welfare.festival.other",
)

_REVIEW = (
    Section(
        guidance="概述一年的工作：在谁的领导下、围绕什么、取得什么进展",
        starter=(
            "{period}，在学校党委和上级工会的领导下，{union}紧扣学校改革发展大局，认真履行维权服务基本职责，"
            "依靠全体会员和各级工会干部，各项工作稳步推进。"
        ),
    ),
    Section(
        "思想引领凝心聚力",
        Theme.IDEAS,
        guidance="理论学习、劳模工匠精神宣传、师德师风、宣传阵地",
    ),
    Section(
        "民主管理扎实有序",
        Theme.DEMOCRACY,
        guidance="教代会制度、提案办理、代表作用、制度建设；可写一两件办得好的提案",
        starter="学校的大事由教职工共同商量。一年来，工会着力把教职工的知情权、参与权、表达权、监督权落到实处。",
        lines=DEMOCRACY,
        paragraphs=(
            (
                "为保证教职工有序参与学校治理，{period}召开教代会、工代会会议{congress.sessions:times}次"
                "〔（{congress.sessions:dated}）〕〔，现有代表{congress.delegates:heads}人〕〔，代表出席率{congress.session_attendance:share}〕。"
                "〔会议听取报告{congress.agenda.heard:times}项〔（{congress.agenda.heard:some}）〕〕"
                "〔，审议报告和事项{congress.agenda.reviewed:times}项〕"
                "〔，审议通过{congress.agenda.passed:some}{congress.agenda.passed:times}项重大事项"
                "｜，审议通过重大事项{congress.agenda.passed:times}项〕。"
            ),
            (
                "提案是代表履职的主渠道。〔大会共征集提案{congress.proposals.collected:times}件"
                "〔（{congress.proposals.collected:change}）〕〕"
                + filed("经审查立案")
                + "〔，{congress.proposals.passed_on:times}件转作意见建议〕"
                "〔，{congress.proposals.declined:times}件不予立案〕"
                "〔，共审查确定{congress.proposals.reviewed:times}件〕。"
                "〔内容集中在{congress.proposals.collected:largest}。〕"
                "〔承办单位已答复{congress.proposals.answered:times}件〔，答复率{congress.proposals.reply_rate:share}〕"
                "〔，按期答复率{congress.proposals.on_time_rate:share}〕｜提案答复率{congress.proposals.reply_rate:share}〕"
                "〔，已解决{congress.proposals.solved:times}件〕〔，列入计划{congress.proposals.planned:times}件〕"
                "〔，暂不能采纳{congress.proposals.cannot:times}件〕"
                "〔；提案人表示满意的{congress.proposals.satisfied:times}件"
                "〔、基本满意的{congress.proposals.basically:times}件〕"
                "〔、不满意的{congress.proposals.dissatisfied:times}件｜，没有不满意的{congress.proposals.dissatisfied:none}〕"
                "〔，满意率{congress.proposals.satisfaction_rate:share}〕"
                "｜；提案满意率{congress.proposals.satisfaction_rate:share}〕。"
            ),
            (
                "在大会闭会期间，民主渠道同样畅通。〔受理教职工意见建议{congress.suggestions_direct:times}条"
                "〔，书面答复{congress.suggestions_direct_answered:times}条〕"
                "｜受理教职工意见建议{congress.suggestions:times}条〔，书面答复{congress.suggestions_answered:times}条〕〕"
                "〔；开展“金点子”征集{congress.suggestion_drives:times}次〕"
                "〔；组织代表巡视{congress.inspections:times}次〕。"
                "〔工会委员会开会{congress.meetings.union:times}次〕"
                "〔、教代会执行委员会开会{congress.meetings.executive:times}次〕"
                "〔、提案工作委员会开会{congress.meetings.proposal:times}次〕"
                "〔、经费审查委员会开会{congress.meetings.finance_review:times}次〕"
                "〔，研究审议文件{congress.documents:times}个〕。"
                "〔在建章立制上，制定、修订{congress.regulations:some}{congress.regulations:times}部规章制度"
                "〔，现行制度{congress.regulations_in_force:times}部〕"
                "｜在建章立制上，全年制定、修订规章制度{congress.regulations:times}部"
                "〔，现行制度{congress.regulations_in_force:times}部〕"
                "｜各项工作有章可循，依据{congress.regulations_in_force:some}{congress.regulations_in_force:times}部"
                "现行制度开展｜各项工作有章可循，现行规章制度{congress.regulations_in_force:times}部〕。"
                "〔对〔优秀提案{congress.awards.proposal:times}件〕〔、先进承办单位{congress.awards.department:times}个〕给予表彰，"
                "推动办理质量进一步提高。〕"
            ),
        ),
    ),
    Section(
        "岗位建功成效明显",
        Theme.ACHIEVEMENT,
        guidance="教学竞赛、技能比武、劳动和创新、先进典型与荣誉",
    ),
    Section(
        "暖心服务落细落实",
        Theme.CARE,
        guidance="普惠慰问、困难帮扶、互助保障、健康服务；可写一件具体的事",
        starter="工会把教职工的急难愁盼放在心上，普惠服务与精准帮扶一起抓，努力让关怀及时到人。",
        lines=(*FESTIVALS, *CARE, *INSURANCE, *SERVICES),
        paragraphs=(
            (
                "每逢佳节，工会都把问候送到会员手中。"
                "〔全年〔在{welfare.festivals_held:times}个节日〕发放慰问品，惠及{welfare.festival:count}"
                "〔（{welfare.festival:change}）〕〔，合计{welfare.festival:amount_wan}〕"
                "｜全年节日慰问支出{welfare.festival:amount_wan}〕。"
                f"〔其中，{_FESTIVALS}〕。"
                "〔{welfare.festivals_held.other:items}也送去了工会的心意。〕"
            ),
            "日常关怀融入工作和生活的重要时刻。"
            + given("为KEY送上生日祝福", "welfare.birthday")
            + given("，高温时节为KEY送去清凉", "welfare.summer")
            + given("，寒冬时节为KEY送去温暖", "welfare.winter")
            + given("，慰问坚守一线的教职工KEY", "welfare.frontline")
            + "。"
            + given("新婚祝福送达KEY", "welfare.wedding")
            + given("、生育慰问送达KEY", "welfare.birth")
            + "。",
            "越是困难时刻，越能感到组织就在身边。"
            + given("走访慰问住院会员KEY", "welfare.hospital")
            + given("，慰问患重病会员KEY", "welfare.serious_illness")
            + given("，慰问痛失亲人的会员KEY", "welfare.bereavement")
            + given("，抚慰去世会员家属KEY", "welfare.death")
            + "。"
            + given("帮扶困难教职工KEY", "welfare.hardship")
            + "〔，发放特别困难补助{welfare.hardship_aid.special:amount_wan}〕"
            + "〔，发放临时困难补助{welfare.hardship_aid.temporary:amount_wan}〕"
            + given("，金秋助学KEY", "welfare.hardship_aid.schooling")
            + given("，慰问家庭突遭变故的教职工KEY", "welfare.disaster")
            + given("，走访特殊群体KEY", "welfare.special_group")
            + given("，慰问退役军人和军属KEY", "welfare.veterans")
            + given("，发放伤残保健金KEY〔，共{welfare.rounds.disability:times}次〕", "welfare.disability")
            + given("，六一慰问教职工子女家庭KEY", "welfare.children")
            + "。",
            visited(),
            checked(),
            (
                "着眼长远，工会为教职工的健康和家庭多添一份保障。"
                "〔办理职工互助保障{welfare.cover:count}〔，保费合计{welfare.cover:amount_wan}〕"
                "｜职工互助保障保费{welfare.cover:amount_wan}〕。"
                "〔帮助教职工申请互助保障理赔{welfare.claims:times}人次〕〔，获赔{welfare.claims_paid:amount_wan}〕。"
                "〔组织健康体检{welfare.health_check:heads}人｜组织健康体检{welfare.health_check:times}次〕〔，安排疗休养{welfare.recuperation:heads}人｜，安排疗休养{welfare.recuperation:times}期〕"
                "〔，协助解决子女入学{welfare.schooling:count}〕。"
                "〔疗休养未能开展，原因是{welfare.recuperation:reason}。〕"
            ),
            *KINDNESS,
        ),
    ),
    Section(
        "文体生活丰富多彩",
        Theme.CULTURE,
        guidance="文体比赛、协会活动、读书观影、对外交流；写出活动名称和成绩",
        lines=CULTURE,
        paragraphs=("为丰富教职工精神文化生活，提供文化惠民服务{welfare.culture:told}。",),
    ),
    Section(
        "女职工工作用情用心",
        Theme.WOMEN,
        guidance="维权、关爱、素质提升、家庭建设",
        paragraphs=(
            (
                "关心女教职工的成长和权益。"
                "〔在国际妇女节，向女教职工{welfare.festival.women:count}送上节日祝福〔，合计{welfare.festival.women:amount_wan}〕"
                "｜在国际妇女节，慰问女教职工支出{welfare.festival.women:amount_wan}〕。"
            ),
        ),
    ),
    Section(
        "离退休服务常态长效",
        Theme.RETIREES,
        guidance="荣休、走访、座谈、老同志活动",
        lines=RETIREES,
        paragraphs=(
            "尊重和关心老同志，服务不因退休而中断。〔学校现有离退休教职工{members.retirees:heads}人，〕〔办理退休会员会籍变动{members.retired:heads}人〕"
            + given("，荣休慰问KEY", "welfare.retirement")
            + given("，走访离退休教职工KEY", "welfare.retiree_visit")
            + given("，重阳节慰问KEY", "welfare.festival.double_ninth")
            + "。",
        ),
    ),
    Section(
        "自身建设持续加强",
        Theme.ORGANISATION,
        guidance="基层组织、干部队伍、建家、宣传和信息化",
        starter="打铁必须自身硬。工会持续夯实基层基础，把组织建到教职工身边。",
        lines=MEMBERS,
        paragraphs=(
            (
                "〔截至期末，在册会员{members.total:heads}人〔（女会员{members.women:heads}人）〕"
                "〔，{members.total:change}〕〔，教职工入会率{members.membership_rate:share}〕｜截至期末〕〔，下设分工会{members.branches:times}个〕"
                "〔，设直属工会小组{members.direct_groups:times}个〕"
                "〔，有工会干部{members.officers:heads}人〔（专职{members.officers_full_time:heads}人、"
                "兼职{members.officers_part_time:heads}人）〕〕。"
                "〔全年新入会和转入会员{members.new:heads}人〔（编制外人员入会{members.joined_outside:heads}人）〕〕〔，办理会籍转出{members.transferred_out:heads}人〕"
                "〔，指导{members.elections:times}个分工会按期换届〕。"
                "〔经会议选举产生{congress.elections:items}｜新组成{congress.committees_formed:items}"
                "｜选举产生{members.union_elections:items}〕"
                "〔，补选{congress.by_elections:items}委员{congress.by_elections:heads}人"
                "｜，补选委员{congress.by_elections:heads}人〕〔，补选工会干部{members.by_elections:heads}人〕。"
            ),
        ),
    ),
    Section(
        "经费管理规范透明",
        Theme.MONEY,
        guidance="预算、收支、采购、审计；教职工关心的钱花到哪里去了",
        lines=MONEY,
        paragraphs=(
            (
                "坚持经费取之于会员、用之于会员。"
                "〔完成{welfare.final_accounts:items}工会经费决算〔、{welfare.budgets:items}工会经费预算工作〕。"
                "｜完成{welfare.budgets:items}工会经费预算工作。〕"
                "〔经费收入{welfare.income:amount_wan}，〕〔慰问标准依据{welfare.rule_sources:some}执行，〕〔福利慰问列支{welfare.spent:amount_wan}〕"
                "〔，其中采购慰问品{welfare.purchase:amount_wan}〕，每一笔都有台账可查。"
                "〔开展{welfare.audits:items}〔，提出问题{welfare.audit_findings:times}条〕。〕"
            ),
            BOUGHT,
        ),
    ),
)

SPEECH = Shipped(
    code="speech",
    name="向教代会（工代会）的工作报告",
    style=Style.SPEECH,
    title="{union}{period}工作报告",
    salutation="各位代表、同志们：",
    opening="现在，我代表{union}向大会报告{period}工作，请予审议。",
    closing="各位代表、同志们，让我们团结一心、扎实工作，以更加优异的成绩回报广大教职工的信任！",
    chapters=(
        Chapter("工作回顾", _REVIEW),
        Chapter(
            "存在的不足",
            (
                Section(
                    guidance="实事求是，每条一段",
                    starter=(
                        "在看到成绩的同时，我们也清醒地认识到，工作离教职工的期待还有差距。\n"
                        "〔提案办理还需加力，提案人不满意的还有{congress.proposals.dissatisfied:times}件。〕\n"
                        "〔审查还需提速，尚待审查的提案还有{congress.proposals.undecided:times}件。〕\n"
                        "〔疗休养未能开展，原因是{welfare.recuperation:reason}。〕"
                    ),
                ),
            ),
        ),
        Chapter(
            "今后工作思路",
            (
                Section(
                    guidance="下一年的安排，每条一段",
                    starter=(
                        "一是坚持思想引领，把教职工凝聚到学校发展的目标上来。\n二是做实民主管理，提高提案办理的质量。\n"
                        "三是做优服务保障，让普惠关怀更加及时、精准帮扶更加到位。\n"
                        "四是加强自身建设，增强基层工会活力。"
                    ),
                ),
            ),
        ),
    ),
)
