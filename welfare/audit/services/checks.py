"""Every check by name: the faults that should not be, then what is to be read."""

from collections.abc import Mapping
from dataclasses import replace

from django.utils import timezone

from welfare.approvals.models import PaperApproval
from welfare.audit.enums import OPEN_FINDINGS, FindingState
from welfare.audit.models import AuditFinding
from welfare.audit.services import budgets, buying, caps, hands, papers, payments
from welfare.audit.services.matters import Check, Matter
from welfare.grants.models import RuleWarning
from welfare.ledger.models import Posting

CHECKS = (
    Check(
        "over_cap", "超标准未经确认", "发放超过各级标准上限或经费占比，而没有另一人确认的理由和文件。", caps.over_cap
    ),
    Check("cash", "应发实物而发现金", "标准规定发放实物或提货券，而发了现金，没有另一人确认。", caps.cash_for_goods),
    Check(
        "evidence",
        "缺少证明材料",
        "标准要求的证明材料，没有上传，也没有人核对过原件或复印件。",
        payments.without_evidence,
    ),
    Check("invoice", "同一发票登记两次", "号码相同的发票用在两处。", buying.same_invoice),
    Check("own", "审批本人或亲属的慰问", "审批人是受益人本人或其亲属（十人以下的批次同样看）。", hands.own_or_kin),
    Check(
        *("retiree", "工会经费支付离退休人员"),
        "离退休人员的慰问由工会经费或会费列支（退休纪念品和会员去世慰问除外）。",
        payments.wrong_payer,
    ),
    Check("health_check", "工会经费支付体检", "体检应由行政出资；工会经费支付须有书面委托。", payments.health_checks),
    Check("no_budget", "无预算支出", "已编预算的账套，在没有编列的科目上发生支出。", budgets.without_budget),
    Check("over_budget", "超预算支出", "科目的支出超过预算及其调整。", budgets.over_budget),
    Check("top_up", "会费补助超限", "会员活动支出超过会费及规定倍数的补助。", budgets.topped_up),
    Check("closed", "结账后补记", "年度结账以后重开、补记的台账单。", budgets.after_closing),
    Check("twice", "重复支付", "批次既按名册又按发票记账，或同一事项有两笔未冲销的支出。", payments.paid_twice),
    Check("dead", "发给已去世人员", "受益人在名册截止日或事件之前已去世（会员去世慰问除外）。", payments.to_the_dead),
    Check("split", "疑似拆分采购", "三十天内向同一供应商购买同类物品，合计达到更高的采购限额。", buying.split),
    Check("threshold", "采购手续不全", "达到采购限额而缺少比价、集体决定、评选报告或合同。", buying.below_threshold),
    Check("gifts", "善款超支", "捐款活动使用的款项多于募集的款项。", buying.overspent_gifts),
    Check("related", "经办人与审批人是亲属", "台账单的经办人和审批人互为亲属。", hands.related_hands),
    Check(
        *("hats", "经审与财务职务不分"),
        "经费审查委员同时担任主席、副主席、财务或经手钱物的职务。",
        hands.two_hats,
    ),
    Check("paper", "线下审批", "在纸面上审批、由另一人确认的事项。", papers.papers, fault=False),
    Check("warning", "未结超标提醒", "标准提出而还没有另一人确认的提醒。", papers.warnings, fault=False),
    Check("answered", "已确认超标说明", "写明理由和文件、由另一人确认的。", papers.answered_warnings, fault=False),
    Check("noted", "仅有文字的审批", "往年导入或早期登记，只有一句审批依据。", papers.noted, fault=False),
    Check("taken_back", "冲销与以前年度调整", "台账上的冲销和对以前年度的调整。", papers.taken_back, fault=False),
)
_BY_KEY = {one.key: one for one in CHECKS}


def check_of(*, key: str) -> Check | None:
    """Return the check of this key, None where there is none."""
    return _BY_KEY.get(key)


def matters(*, year: int, check: str = "") -> list[Matter]:
    """Return what the check finds in the year; without one, what all that look for faults find.

    What a finding was raised about says how that stands, and waits for nobody once it is settled.
    """
    asked = [_BY_KEY[check]] if check else [one for one in CHECKS if one.fault]
    known = raised()
    return [_told(found, known) for one in asked for found in one.matters(year=year)]


def raised() -> Mapping[tuple[str, str], AuditFinding]:
    """Return the findings that were not withdrawn, by the check and the row that they are about."""
    found = AuditFinding.objects.exclude(state=FindingState.WITHDRAWN).exclude(rows=[])
    return {(row["check"], row["ref"]): one for one in found for row in one.rows}


def _told(one: Matter, known: Mapping[tuple[str, str], AuditFinding]) -> Matter:
    finding = known.get((one.check, one.ref))
    if finding is None:
        return one
    words = f"已提出：{finding.get_state_display()}"
    return replace(one, standing=words, waits=finding.state in OPEN_FINDINGS, finding=finding.pk)


def counts(*, year: int) -> Mapping[str, tuple[int, int]]:
    """Return how many matters each check finds in the year, and how many of them wait."""
    found = {one.key: matters(year=year, check=one.key) for one in CHECKS}
    return {key: (len(rows), sum(row.waits for row in rows)) for key, rows in found.items()}


def years() -> list[int]:
    """Return the years to choose from, the newest first."""
    this = timezone.localdate().year
    moments = (
        PaperApproval.objects.order_by("entered_at").values_list("entered_at", flat=True).first(),
        RuleWarning.objects.order_by("raised_at").values_list("raised_at", flat=True).first(),
    )
    begun = [timezone.localdate(one).year for one in moments if one is not None]
    posted = Posting.objects.order_by("year").values_list("year", flat=True).first()
    return list(range(this, min([this, *begun, *([posted] if posted else [])]) - 1, -1))
