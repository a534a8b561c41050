"""Where a round stands and what comes next, in words: which step, and who takes it."""

from collections.abc import Sequence

from welfare.approvals.enums import ApprovalState
from welfare.benefits.enums import Form
from welfare.grants.enums import GrantState, RoundState
from welfare.grants.models import Round
from welfare.grants.services.paying import FROM_ROSTER
from welfare.grants.services.warnings import unanswered, unconfirmed
from welfare.purchases.models import Purchase
from welfare.rounds.services.payment import left_to_post
from welfare.rounds.services.reconciling import Share, shares_of, tally

_OFFICER = "生活福利委员"
_APPROVERS = "主席、副主席或财务"


def next_step(round_: Round, *, shares: Sequence[Share] | None = None, bought: bool | None = None) -> str:
    """Say what comes next and who does it; `shares` and `bought` (an invoice stands) as far as they are known."""
    if round_.state == RoundState.CLOSED:
        return "已办结。如有遗漏的人员或差额，可以建立补发批次。"
    if round_.state == RoundState.CANCELLED:
        return "已取消；名册和办理记录留存备查。"
    if round_.state == RoundState.APPROVED:
        known = bought if bought is not None else Purchase.objects.standing().filter(round=round_).exists()
        steps = _after_approval(round_, shares_of(round_.grants.all()) if shares is None else shares, bought=known)
        return f"下一步：{'；'.join(steps) or f'{_OFFICER}核对无误后办结批次'}。"
    before = {RoundState.DRAFT: _to_lock, RoundState.LOCKED: _to_submit, RoundState.SUBMITTED: _to_approve}
    return f"下一步：{before[RoundState(round_.state)](round_)}。"


def _to_lock(round_: Round) -> str:
    return f"{_OFFICER}核对发放对象，锁定名册" if round_.selection else f"{_OFFICER}上传名单，按名单锁定名册"


def _to_submit(round_: Round) -> str:
    if round_.unit_price is None:
        return f"{_OFFICER}确定单价"
    if count := unanswered(round_=round_):
        return f"{_OFFICER}为 {count:,} 条超标提醒填写理由和决定文件，再提交审批"
    return f"{_OFFICER}提交审批，或登记已在线下完成的审批"


def _to_approve(round_: Round) -> str:
    paper = round_.paper_approval
    if paper is not None and paper.state == ApprovalState.ENTERED:
        return "登记人以外的同事对照扫描件，确认线下审批"
    if count := unconfirmed(round_=round_):
        return f"{_APPROVERS}确认 {count:,} 条超标说明并审批（经办人不能审批）"
    return f"{_APPROVERS}审批（经办人不能审批）"


def _after_approval(round_: Round, shares: Sequence[Share], *, bought: bool) -> list[str]:
    """Return what is left to do, each with who does it."""
    form, found = round_.benefit.form, []
    due, returned = tally(shares, GrantState.DUE).count, tally(shares, GrantState.RETURNED).count
    if form in FROM_ROSTER and left_to_post(round_=round_):
        by_bank = "财务导出银行代发表，完成代发后记入台账；记账即登记为已发放"
        found.append(by_bank if form == Form.CASH else "财务按名册记入台账")
    elif form == Form.CASH and due:
        found.append(f"财务发放其余 {due:,} 人")
    if form not in FROM_ROSTER and not bought:
        found.append("财务收到发票后登记发票")
    if returned:
        found.append(f"{returned:,} 人退票，财务核对账户后在名册中逐人重新发放")
    if form != Form.CASH and due:
        found.append(f"分工会（或{_OFFICER}）登记领取，还有 {due:,} 人未领取")
    return found
