"""Where a case stands and what comes next, in words."""

from dataclasses import replace

from django.utils import timezone

from union_portal.base.money import grouped
from union_portal.base.steps import Entry, timeline
from welfare.approvals.enums import ApprovalState
from welfare.benefits.enums import Form
from welfare.cases.services.proposing import Proposal
from welfare.grants.enums import GrantState
from welfare.grants.models import Grant
from welfare.grants.services.paying import FROM_ROSTER
from welfare.grants.services.warnings import unanswered, unconfirmed

# How each state is shown, as the pill takes it.
TONES = {
    GrantState.RECEIVED: "done",
    GrantState.DUE: "due",
    GrantState.SENT_BACK: "refused",
    GrantState.DECLINED: "refused",
    GrantState.RETURNED: "refused",
    GrantState.APPLIED: "info",
    GrantState.REPORTED: "info",
    GrantState.SUBMITTED: "info",
}
_APPROVERS = "主席、副主席或财务（不能是经办人，也不能是受慰问人的亲属）"


# What follows when a case is sent, by the state that it then has.
_FIRST = {
    GrantState.APPLIED: "提交后由分工会主席审核，再由校工会受理、审批",
    GrantState.REPORTED: "上报后由生活福利委员受理并提交审批",
    GrantState.SUBMITTED: f"提交后由{_APPROVERS}审批",
}


# What the first line of a case's history says.
_BEGUN: dict[str, str] = {GrantState.APPLIED: "申请", GrantState.REPORTED: "上报"}


def began_as(grant: Grant) -> str:
    """Return the state that the case was entered in."""
    return str(grant.moves.order_by("pk").values_list("target", flat=True).first() or "")


def history_of(grant: Grant) -> list[Entry]:
    """Return what happened to a case, beginning with who entered it and how."""
    moves = timeline(grant)
    if moves and (label := _BEGUN.get(began_as(grant))):
        moves[0] = replace(moves[0], label=label)
    return moves


def what(grant: Grant) -> str:
    """Say what is given to whom and how much."""
    amount = f"，{grouped(grant.amount)} 元" if grant.amount is not None else ""
    return f"{grant.person.name}：{grant.benefit}，{grant.get_form_display()}{amount}"


def next_step(grant: Grant, *, own: bool = False) -> str:
    """Say what comes next and who does it, and to whoever entered it until when it may be changed."""
    if grant.state == GrantState.SUBMITTED:
        return _before_approval(grant, own=own)
    by_ledger = grant.form in FROM_ROSTER
    return {
        GrantState.LISTED: "随发放批次审批和发放。",
        GrantState.APPLIED: f"等待分工会审核。{'审核前可以修改或撤回。' if own else ''}",
        GrantState.REPORTED: f"等待生活福利委员受理。{'受理前可以修改或撤回。' if own else ''}",
        GrantState.SENT_BACK: f"已退回补充：{grant.reason}。{'请' if own else '等待经办人'}修改后重新提交。",
        GrantState.DECLINED: f"未通过：{grant.reason}。{'' if own else '经办人'}修改后可以重新提交，已填内容都在。",
        GrantState.WITHDRAWN: "已撤回。修改后可以重新提交，已填内容都在。",
        GrantState.DUE: "等待财务发放并记入台账。" if by_ledger else "等待发放，发放后登记领取。",
        GrantState.RETURNED: "银行退回，请核对账户后由财务重新发放。",
        GrantState.RECEIVED: f"已于 {grant.received_on} 发放。",
        GrantState.CANCELLED: f"已取消：{grant.reason}",
        GrantState.EXCLUDED: f"已剔出名册：{grant.reason}",
    }[GrantState(grant.state)]


def _before_approval(grant: Grant, *, own: bool) -> str:
    paper = grant.paper_approval
    if paper is not None and paper.state == ApprovalState.ENTERED:
        return "已登记线下审批，等待另一人对照扫描件确认。"
    if count := unanswered(grant=grant):
        who = "请" if own else "由经办人"
        return f"有 {count:,} 条超标提醒待说明：{who}填写理由和决定文件，然后由{_APPROVERS}审批。"
    confirm = "确认超标说明并" if unconfirmed(grant=grant) else ""
    return f"等待{_APPROVERS}{confirm}审批。{'审批前可以修改或撤回。' if own else ''}"


def says_entered(grant: Grant) -> tuple[str, bool]:
    """Say what was entered, what the rules object to and what comes next; and whether they object."""
    done = {GrantState.APPLIED: "已申请", GrantState.REPORTED: "已上报"}.get(GrantState(grant.state), "已提交审批")
    objections = [str(one.detail) for one in grant.warnings.all()]
    warned = f"提醒：{'；'.join(objections)}。" if objections else ""
    return f"{done}——{what(grant)}。{warned}下一步：{next_step(grant, own=True)}", bool(objections)


def says_following(proposal: Proposal, *, state: GrantState) -> str:
    """Say before saving what will follow, for whom and how much."""
    grant = proposal.grant
    amount = f" {grouped(grant.amount)} 元" if grant.amount is not None else ""
    given = f"向{grant.person.name}发放{grant.get_form_display()}{amount}"
    paid = "由财务发放并记入台账" if grant.form in {Form.CASH, Form.COUPON} else "由生活福利委员发放并登记领取"
    first = _FIRST[state]
    late = "" if grant.granted_on <= timezone.localdate() else f"（{grant.granted_on}）"
    return f"{first}；通过后{paid}：{given}{late}。"
