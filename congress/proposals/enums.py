"""The states of proposals and secondings with their moves, and what a proposal counts as."""

from django.db import models

from union_portal.base.states import Machine, Move


class ProposalState(models.TextChoices):
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
    ADVISING = "advising", "意见建议，部门办理中"
    ADVISED = "advised", "意见建议，已答复"
    SET_ASIDE = "set_aside", "意见建议，留存备查"
    ANNULLED = "annulled", "已作废"


_S = ProposalState


def _moves(action: str, label: str, permission: str, target: str, *sources: str) -> list[Move]:
    return [Move(action, source, target, label, permission=permission) for source in sources]


def _decided(action: str, label: str, target: str) -> list[Move]:
    """Return a decision of the committee, which for what was referred is entered for the presidium."""
    return [
        *_moves(action, label, "review", target, _S.SUBMITTED),
        *_moves(action, label, "congress.decide_for_presidium", target, _S.REFERRED),
    ]


# Where past ones ended, or are brought to by a later list.
_RECORDED = (
    _S.SUBMITTED,
    _S.FILED,
    _S.ASSIGNED,
    _S.ANSWERED,
    _S.CLOSED,
    _S.PASSED_ON,
    _S.ADVISING,
    _S.ADVISED,
    _S.DECLINED,
    _S.MERGED,
    _S.WITHDRAWN,
)
PROPOSAL_MACHINE = Machine(
    name="congress.proposal",
    # Drafts begin as such; the signed paper form enters as submitted; past ones are recorded where they ended.
    initial=[_S.DRAFT, *_RECORDED],
    moves=[
        *_moves("invite", "邀请附议", "change_own", _S.SECONDING, _S.DRAFT),
        *_moves("edit_again", "重新修改", "change_own", _S.DRAFT, _S.SECONDING),
        *_moves("submit", "提交", "change_own", _S.SUBMITTED, _S.DRAFT, _S.SECONDING),
        *_moves("submit_to_delegation", "提交代表团预审", "change_own", _S.PRECHECK, _S.DRAFT, _S.SECONDING),
        *_moves("submit_late", "作为意见建议提交", "change_own", _S.LATE, _S.DRAFT, _S.SECONDING),
        *_moves("submit_late", "作为意见建议提交", "precheck", _S.LATE, _S.PRECHECK),
        *_moves("pass_check", "报送提案委员会", "precheck", _S.SUBMITTED, _S.PRECHECK),
        *_moves("return_to_author", "退回提案人", "precheck", _S.DRAFT, _S.PRECHECK),
        *_moves(
            "withdraw",
            "撤回",
            "change_own",
            _S.WITHDRAWN,
            _S.DRAFT,
            _S.SECONDING,
            _S.PRECHECK,
            _S.SUBMITTED,
            _S.RETURNED,
        ),
        *_moves("return", "退回补充", "review", _S.RETURNED, _S.SUBMITTED),
        *_moves("submit_again", "重新提交", "change_own", _S.SUBMITTED, _S.RETURNED),
        *_moves("refer", "提交主席团", "review", _S.REFERRED, _S.SUBMITTED),
        *_decided("file", "立案", _S.APPROVING),
        *_decided("file_directly", "立案", _S.FILED),
        *_decided("pass_on", "转意见建议", _S.PASSED_ON),
        *_decided("decline", "不予立案", _S.DECLINED),
        *_decided("merge", "并案", _S.MERGED),
        *_moves("approve", "批准立案", "congress.approve_filing", _S.FILED, _S.APPROVING),
        *_moves("send_back", "退回提案委员会", "congress.approve_filing", _S.SUBMITTED, _S.APPROVING),
        *_moves("assign", "交办", "assign", _S.ASSIGNED, _S.FILED),
        *_moves("reply", "提交领导签批", "answer", _S.SIGNING, _S.ASSIGNED, _S.REHANDLING),
        *_moves("reply_directly", "发出答复", "answer", _S.ANSWERED, _S.ASSIGNED, _S.REHANDLING),
        *_moves("sign", "签发答复", "congress.sign_reply", _S.ANSWERED, _S.SIGNING),
        *_moves("return_reply", "退回答复", "congress.sign_reply", _S.ASSIGNED, _S.SIGNING),
        *_moves("return_second_reply", "退回答复", "congress.sign_reply", _S.REHANDLING, _S.SIGNING),
        *_moves("rate", "评价答复", "rate", _S.CLOSED, _S.ANSWERED),
        *_moves("handle_again", "交二次办理", "rate", _S.REHANDLING, _S.ANSWERED),
        *_moves("close_unrated", "未评价办结", "congress.close_unrated", _S.CLOSED, _S.ANSWERED),
        # A rating on paper that came after the end, or was entered wrongly.
        *_moves("reopen", "交二次办理", "congress.enter_paper_rating", _S.REHANDLING, _S.CLOSED),
        *_moves("end_again", "撤销二次办理", "congress.enter_paper_rating", _S.CLOSED, _S.REHANDLING),
        *_moves("await_rating", "评价作废", "congress.enter_paper_rating", _S.ANSWERED, _S.CLOSED, _S.REHANDLING),
        # What was passed on or came late is no proposal any more, yet stays one record: a department answers it.
        *_moves("assign", "转交部门", "assign", _S.ADVISING, _S.PASSED_ON, _S.LATE),
        *_moves("take_back", "从部门收回", "take_back", _S.PASSED_ON, _S.ADVISING),
        *_moves("take_back_late", "从部门收回", "take_back", _S.LATE, _S.ADVISING),
        *_moves("reply_directly", "发出答复", "answer", _S.ADVISED, _S.ADVISING),
        *_moves("advise", "书面答复", "assign", _S.ADVISED, _S.PASSED_ON, _S.LATE, _S.ADVISING),
        *_moves("set_aside", "留存备查", "assign", _S.SET_ASIDE, _S.PASSED_ON, _S.LATE),
        # Brought by a list of past ones that was taken back.
        *_moves("annul", "作废", "congress.import_congress", _S.ANNULLED, *_RECORDED),
    ],
)

# The author (or the delegation) may still change the text; from then on it is locked, also in the database.
WRITABLE = (_S.DRAFT, _S.RETURNED)
# Before the committee: nobody but the author, the invited seconders and the delegation's head sees these.
PRIVATE = (_S.DRAFT, _S.SECONDING, _S.PRECHECK)
UNDECIDED = (_S.SUBMITTED, _S.RETURNED, _S.REFERRED, _S.APPROVING)
FILED_STATES = (_S.FILED, _S.ASSIGNED, _S.SIGNING, _S.ANSWERED, _S.REHANDLING, _S.CLOSED)
# A department works on these.
IN_HAND = (_S.ASSIGNED, _S.REHANDLING, _S.ADVISING)
# Passed on or late, and what became of it since.
WITH_OFFICE = (_S.PASSED_ON, _S.LATE)
ADVICE = (_S.ADVISING, _S.ADVISED, _S.SET_ASIDE)
# Nothing is done any more but what was promised.
OVER = (_S.CLOSED, _S.ADVISED)
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


# What the state says of the outcome; the database holds both to it. What is answered as advice may also have come late.
OUTCOME_OF = {
    **dict.fromkeys((_S.DRAFT, _S.SECONDING, _S.PRECHECK, *UNDECIDED, _S.ANNULLED), Outcome.UNDECIDED),
    **dict.fromkeys(FILED_STATES, Outcome.FILED),
    _S.PASSED_ON: Outcome.PASSED_ON,
    _S.DECLINED: Outcome.DECLINED,
    _S.MERGED: Outcome.MERGED,
    _S.WITHDRAWN: Outcome.WITHDRAWN,
    _S.LATE: Outcome.LATE,
    **dict.fromkeys(ADVICE, Outcome.PASSED_ON),
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
