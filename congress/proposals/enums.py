"""The states of proposals and secondings with their moves, and what a proposal counts as."""

from django.db import models

from union_portal.base.states import Machine, Move


class ProposalState(models.TextChoices):
    """Where a proposal stands."""

    DRAFT = "draft", "草稿"
    SECONDING = "seconding", "征集附议"
    PRECHECK = "precheck", "代表团预审"
    SUBMITTED = "submitted", "待审查"
    RETURNED = "returned", "退回补充"
    REFERRED = "referred", "提交主席团"
    APPROVING = "approving", "待领导审批"
    FILED = "filed", "已立案，待交办"
    ASSIGNED = "assigned", "办理中"
    SIGNING = "signing", "待领导签批"
    ANSWERED = "answered", "已答复，待评价"
    REHANDLING = "rehandling", "二次办理"
    CLOSED = "closed", "已办结"
    PASSED_ON = "passed_on", "转意见建议"
    DECLINED = "declined", "不予立案"
    MERGED = "merged", "已并案"
    WITHDRAWN = "withdrawn", "已撤回"
    LATE = "late", "逾期，转为意见建议"


_S = ProposalState

PROPOSAL_MACHINE = Machine(
    name="congress.proposal",
    # Drafts begin as such; the signed paper form enters as submitted; past ones are recorded where they ended.
    initial=[
        _S.DRAFT,
        _S.SUBMITTED,
        _S.FILED,
        _S.ASSIGNED,
        _S.ANSWERED,
        _S.CLOSED,
        _S.PASSED_ON,
        _S.DECLINED,
        _S.MERGED,
        _S.WITHDRAWN,
    ],
    moves=[
        Move("invite", _S.DRAFT, _S.SECONDING, "邀请附议"),
        Move("edit_again", _S.SECONDING, _S.DRAFT, "重新修改"),
        Move("submit", _S.DRAFT, _S.SUBMITTED, "提交"),
        Move("submit", _S.SECONDING, _S.SUBMITTED, "提交"),
        Move("submit_to_delegation", _S.DRAFT, _S.PRECHECK, "提交代表团预审"),
        Move("submit_to_delegation", _S.SECONDING, _S.PRECHECK, "提交代表团预审"),
        Move("submit_late", _S.DRAFT, _S.LATE, "作为意见建议提交"),
        Move("submit_late", _S.SECONDING, _S.LATE, "作为意见建议提交"),
        Move("submit_late", _S.PRECHECK, _S.LATE, "作为意见建议提交"),
        Move("pass_check", _S.PRECHECK, _S.SUBMITTED, "报送提案委员会"),
        Move("return_to_author", _S.PRECHECK, _S.DRAFT, "退回提案人"),
        Move("withdraw", _S.DRAFT, _S.WITHDRAWN, "撤回"),
        Move("withdraw", _S.SECONDING, _S.WITHDRAWN, "撤回"),
        Move("withdraw", _S.PRECHECK, _S.WITHDRAWN, "撤回"),
        Move("withdraw", _S.SUBMITTED, _S.WITHDRAWN, "撤回"),
        Move("withdraw", _S.RETURNED, _S.WITHDRAWN, "撤回"),
        Move("return", _S.SUBMITTED, _S.RETURNED, "退回补充"),
        Move("submit_again", _S.RETURNED, _S.SUBMITTED, "重新提交"),
        Move("refer", _S.SUBMITTED, _S.REFERRED, "提交主席团"),
        Move("file", _S.SUBMITTED, _S.APPROVING, "立案"),
        Move("file", _S.REFERRED, _S.APPROVING, "立案"),
        Move("file_directly", _S.SUBMITTED, _S.FILED, "立案"),
        Move("file_directly", _S.REFERRED, _S.FILED, "立案"),
        Move("pass_on", _S.SUBMITTED, _S.PASSED_ON, "转意见建议"),
        Move("pass_on", _S.REFERRED, _S.PASSED_ON, "转意见建议"),
        Move("decline", _S.SUBMITTED, _S.DECLINED, "不予立案"),
        Move("decline", _S.REFERRED, _S.DECLINED, "不予立案"),
        Move("merge", _S.SUBMITTED, _S.MERGED, "并案"),
        Move("merge", _S.REFERRED, _S.MERGED, "并案"),
        Move("approve", _S.APPROVING, _S.FILED, "批准立案"),
        Move("send_back", _S.APPROVING, _S.SUBMITTED, "退回提案委员会"),
        Move("assign", _S.FILED, _S.ASSIGNED, "交办"),
        Move("reply", _S.ASSIGNED, _S.SIGNING, "提交领导签批"),
        Move("reply_directly", _S.ASSIGNED, _S.ANSWERED, "发出答复"),
        Move("reply", _S.REHANDLING, _S.SIGNING, "提交领导签批"),
        Move("reply_directly", _S.REHANDLING, _S.ANSWERED, "发出答复"),
        Move("sign", _S.SIGNING, _S.ANSWERED, "签发答复"),
        Move("return_reply", _S.SIGNING, _S.ASSIGNED, "退回答复"),
        Move("return_second_reply", _S.SIGNING, _S.REHANDLING, "退回答复"),
        Move("rate", _S.ANSWERED, _S.CLOSED, "评价答复"),
        Move("handle_again", _S.ANSWERED, _S.REHANDLING, "交二次办理"),
        Move("close_unrated", _S.ANSWERED, _S.CLOSED, "未评价办结"),
    ],
)

# The author (or the delegation) may still change the text; from then on it is locked, also in the database.
WRITABLE = (_S.DRAFT, _S.RETURNED)
# Before the committee: nobody but the author, the invited seconders and the delegation's head sees these.
PRIVATE = (_S.DRAFT, _S.SECONDING, _S.PRECHECK)
UNDECIDED = (_S.SUBMITTED, _S.RETURNED, _S.REFERRED, _S.APPROVING)
FILED_STATES = (_S.FILED, _S.ASSIGNED, _S.SIGNING, _S.ANSWERED, _S.REHANDLING, _S.CLOSED)
# A department works on these.
IN_HAND = (_S.ASSIGNED, _S.REHANDLING)
REPLIED = (_S.ANSWERED, _S.REHANDLING, _S.CLOSED)


class Outcome(models.TextChoices):
    """审查结果; collected = filed + passed on + declined + merged away + withdrawn + undecided."""

    UNDECIDED = "", "未审定"
    FILED = "filed", "立案"
    PASSED_ON = "passed_on", "转意见建议"
    DECLINED = "declined", "不予立案"
    MERGED = "merged", "已并案"
    WITHDRAWN = "withdrawn", "已撤回"
    LATE = "late", "逾期，转为意见建议"


# What the state says of the outcome; the database holds both to it.
OUTCOME_OF = {
    **dict.fromkeys((_S.DRAFT, _S.SECONDING, _S.PRECHECK, *UNDECIDED), Outcome.UNDECIDED),
    **dict.fromkeys(FILED_STATES, Outcome.FILED),
    _S.PASSED_ON: Outcome.PASSED_ON,
    _S.DECLINED: Outcome.DECLINED,
    _S.MERGED: Outcome.MERGED,
    _S.WITHDRAWN: Outcome.WITHDRAWN,
    _S.LATE: Outcome.LATE,
}


class SecondingState(models.TextChoices):
    INVITED = "invited", "受邀"
    ACCEPTED = "accepted", "同意附议"
    DECLINED = "declined", "不附议"
    # The text was changed after the signature, the proposal was withdrawn, or the mandate ended.
    LAPSED = "lapsed", "已失效"


SECONDING_MACHINE = Machine(
    name="congress.seconding",
    # On the paper form seconders have signed already.
    initial=[SecondingState.INVITED, SecondingState.ACCEPTED],
    moves=[
        Move("accept", SecondingState.INVITED, SecondingState.ACCEPTED, "附议"),
        Move("decline", SecondingState.INVITED, SecondingState.DECLINED, "不附议"),
        Move("lapse", SecondingState.INVITED, SecondingState.LAPSED, "失效"),
        Move("lapse", SecondingState.ACCEPTED, SecondingState.LAPSED, "失效"),
    ],
)
