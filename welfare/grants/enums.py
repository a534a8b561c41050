"""The states of rounds and grants with their moves, and what a rule may object to."""

from django.db import models

from union_portal.base.states import Machine, Move


class RoundState(models.TextChoices):
    """发放批次的状态."""

    DRAFT = "draft", "草稿"
    LOCKED = "locked", "名册已锁定"
    SUBMITTED = "submitted", "待审批"
    APPROVED = "approved", "已审批"
    CLOSED = "closed", "已办结"
    CANCELLED = "cancelled", "已取消"


# What a price is fixed with, and what of it must be filled in.
_PRICE = (("unit_price", "handed_out_on", "goods"), ("unit_price",))
_ON_PAPER = "已在纸面上审批的，登记审批人、日期、文号并上传扫描件，由另一人确认后生效。"
# A step that leaves the state as it is is a move too: logged, and possible only where the table has it.
ROUND_MACHINE = Machine(
    name="welfare.round",
    initial=[RoundState.DRAFT, RoundState.CLOSED],
    moves=[
        Move("lock", RoundState.DRAFT, RoundState.LOCKED, "锁定名册", permission="prepare"),
        Move("set_price", RoundState.DRAFT, RoundState.DRAFT, "确定单价", *_PRICE, permission="prepare"),
        Move("set_price", RoundState.LOCKED, RoundState.LOCKED, "确定单价", *_PRICE, permission="prepare"),
        Move("submit", RoundState.LOCKED, RoundState.SUBMITTED, "提交审批", permission="prepare"),
        Move("approve", RoundState.SUBMITTED, RoundState.APPROVED, "审批通过", permission="approve"),
        # Asked for on paper: a second account's confirmation approves. The last two are for rounds of earlier versions.
        Move("register_paper", RoundState.LOCKED, RoundState.SUBMITTED, "登记线下审批", permission="prepare"),
        Move("register_paper", RoundState.SUBMITTED, RoundState.SUBMITTED, "登记线下审批", permission="prepare"),
        Move("register_paper", RoundState.APPROVED, RoundState.APPROVED, "登记线下审批", permission="prepare"),
        Move("register_paper", RoundState.CLOSED, RoundState.CLOSED, "登记线下审批", permission="prepare"),
        Move("return", RoundState.SUBMITTED, RoundState.LOCKED, "退回补充", why=True, permission="approve"),
        Move("withdraw", RoundState.SUBMITTED, RoundState.LOCKED, "撤回", permission="prepare"),
        Move("unlock", RoundState.LOCKED, RoundState.DRAFT, "解锁名册", why=True, permission="prepare"),
        Move("cancel", RoundState.DRAFT, RoundState.CANCELLED, "取消批次", why=True, permission="prepare"),
        Move("cancel", RoundState.LOCKED, RoundState.CANCELLED, "取消批次", why=True, permission="prepare"),
        Move("post", RoundState.APPROVED, RoundState.APPROVED, "记入台账", permission="pay"),
        Move("buy", RoundState.APPROVED, RoundState.APPROVED, "登记发票", permission="pay"),
        Move("buy", RoundState.CLOSED, RoundState.CLOSED, "登记发票", permission="pay"),
        Move("collect", RoundState.APPROVED, RoundState.APPROVED, "登记领取", permission="collect"),
        Move("close", RoundState.APPROVED, RoundState.CLOSED, "办结批次", ("explanation",), permission="prepare"),
        # What its closing rested on was taken back in the ledger.
        Move("reopen", RoundState.CLOSED, RoundState.APPROVED, "重新核对", why=True),
    ],
    notes={
        "lock": "按截止日的登记情况生成名册，此后登记变动不影响名册；提交审批前可以解锁。",
        "set_price": "确定每人金额和发放日期，并核对标准和上限；提交审批前可以再改。",
        "submit": "名册和单价不再改动，转由另一人审批；审批前可以撤回，也可由审批人退回。",
        "approve": "名册上的人员转为待领取，由财务记账、分工会登记领取。",
        "register_paper": _ON_PAPER,
        "return": "退回经办人修改后重新提交，须写明原因。",
        "withdraw": "审批前收回，名册和单价都在，修改后可以重新提交。",
        "unlock": "清空名册，回到草稿重新选择人员；个别剔除会保留。",
        "cancel": "整个批次作废，不能恢复；名册和办理记录留存。",
        "post": "按名册逐人记入台账，一次完成；慰问金同时登记为已发放。",
        "buy": "登记供应商、发票和份数，按发票金额记入台账。",
        "collect": "按签收表登记谁已领取，可以逐人勾选，也可以整个分工会一次登记。",
        "close": "核对应发、已领取和台账后结束批次；有差异须先说明。",
    },
)


class GrantState(models.TextChoices):
    """慰问（发放）记录的状态: a round's roster is its grants in state listed."""

    LISTED = "listed", "已列入"
    EXCLUDED = "excluded", "已剔除"
    # A case: asked for by the member, reported by a branch, put forward by the welfare officer, sent back to whoever
    # entered it, or taken back.
    APPLIED = "applied", "待分工会审核"
    REPORTED = "reported", "已上报"
    SUBMITTED = "submitted", "待审批"
    SENT_BACK = "sent_back", "退回补充"
    WITHDRAWN = "withdrawn", "已撤回"
    DECLINED = "declined", "未通过"
    DUE = "due", "待领取"
    RECEIVED = "received", "已领取"
    RETURNED = "returned", "已退票"
    CANCELLED = "cancelled", "已取消"


# What the ledger calls a grant that an entry pays for.
SUBJECT = "grant"
# A recipient has at most one living grant per benefit and occasion or event.
LIVING = (
    *(GrantState.LISTED, GrantState.APPLIED, GrantState.REPORTED, GrantState.SENT_BACK, GrantState.SUBMITTED),
    *(GrantState.DUE, GrantState.RECEIVED, GrantState.RETURNED),
)
# Nothing has arrived yet.
OPEN = tuple(state for state in LIVING if state != GrantState.RECEIVED)
# A case in these states may be filled in anew; what was refused or taken back begins again with all that was told.
AMENDABLE = (
    *(
        GrantState.APPLIED,
        GrantState.REPORTED,
        GrantState.SUBMITTED,
        GrantState.SENT_BACK,
        GrantState.DECLINED,
        GrantState.WITHDRAWN,
    ),
)
# What a report counts as given: approved and not taken back.
GIVEN = (GrantState.RECEIVED,)

# Who prepares, pays and hands out a round does so with the single grant.
_PREPARE, _PAY, _COLLECT = "welfare.prepare_round", "welfare.pay_round", "welfare.collect_round"
GRANT_MACHINE = Machine(
    name="welfare.grant",
    initial=[
        *(GrantState.LISTED, GrantState.APPLIED, GrantState.REPORTED, GrantState.SUBMITTED, GrantState.RECEIVED),
    ],
    moves=[
        # A case is filled in anew on the page it was entered on: by the member who asked for it, by the branch that
        # reported it, or by the officer.
        Move("apply", GrantState.APPLIED, GrantState.APPLIED, "修改申请", permission="apply"),
        *(
            Move("apply", state, GrantState.APPLIED, "重新申请", permission="apply")
            for state in (GrantState.SENT_BACK, GrantState.DECLINED, GrantState.WITHDRAWN)
        ),
        Move("confirm", GrantState.APPLIED, GrantState.REPORTED, "审核通过并上报", permission="confirm"),
        Move("report", GrantState.REPORTED, GrantState.REPORTED, "修改上报", permission="amend"),
        *(
            Move("report", state, GrantState.REPORTED, "重新上报", permission="amend")
            for state in (GrantState.SENT_BACK, GrantState.DECLINED, GrantState.WITHDRAWN)
        ),
        Move("submit", GrantState.SUBMITTED, GrantState.SUBMITTED, "修改", permission="enter"),
        *(
            Move("submit", state, GrantState.SUBMITTED, "提交审批", permission="enter")
            for state in (
                *(GrantState.APPLIED, GrantState.REPORTED, GrantState.SENT_BACK),
                *(GrantState.DECLINED, GrantState.WITHDRAWN),
            )
        ),
        *(
            Move("withdraw", state, GrantState.WITHDRAWN, "撤回", permission="amend")
            for state in (GrantState.APPLIED, GrantState.REPORTED, GrantState.SENT_BACK, GrantState.SUBMITTED)
        ),
        *(
            Move("send_back", state, GrantState.SENT_BACK, "退回补充", why=True, permission="send_back")
            for state in (GrantState.APPLIED, GrantState.REPORTED, GrantState.SUBMITTED)
        ),
        Move("exclude", GrantState.LISTED, GrantState.EXCLUDED, "剔出名册", why=True, permission=_PREPARE),
        Move("include", GrantState.EXCLUDED, GrantState.LISTED, "重新列入", why=True, permission=_PREPARE),
        Move("release", GrantState.LISTED, GrantState.DUE, "确认应发"),
        Move("approve", GrantState.SUBMITTED, GrantState.DUE, "审批通过", permission="approve"),
        Move("register_paper", GrantState.SUBMITTED, GrantState.SUBMITTED, "登记线下审批", permission="enter"),
        Move("decline", GrantState.SUBMITTED, GrantState.DECLINED, "不予通过", why=True, permission="approve"),
        Move("receive", GrantState.DUE, GrantState.RECEIVED, "登记发放", permission="give"),
        # Ticked off on the roster; said by the member. A word that comes after staff's record is kept beside it.
        Move("collect", GrantState.DUE, GrantState.RECEIVED, "登记领取", permission=_COLLECT),
        Move("acknowledge", GrantState.DUE, GrantState.RECEIVED, "本人确认领取"),
        Move("acknowledge", GrantState.RECEIVED, GrantState.RECEIVED, "本人确认领取"),
        Move("undo_receive", GrantState.RECEIVED, GrantState.DUE, "撤销领取", why=True, permission=_COLLECT),
        Move("return", GrantState.RECEIVED, GrantState.RETURNED, "登记退票", why=True, permission=_PAY),
        # The entry that paid it was reversed in the ledger.
        Move("unpay", GrantState.RECEIVED, GrantState.RETURNED, "冲销发放", why=True),
        Move("unpay", GrantState.DUE, GrantState.RETURNED, "冲销发放", why=True),
        Move("receive", GrantState.RETURNED, GrantState.RECEIVED, "重新发放", permission="give"),
        *(
            Move("cancel", state, GrantState.CANCELLED, "取消发放", why=True, permission="give")
            for state in (GrantState.DUE, GrantState.RETURNED, GrantState.RECEIVED)
        ),
    ],
    notes={
        "confirm": "核实会籍和事由属实，转生活福利委员受理；不能审核本人或亲属的申请。",
        "withdraw": "审批前收回，已填内容都在，修改后可以重新提交。",
        "send_back": "退回填写人补充，须写明缺什么。",
        "exclude": "本批次不发给此人，须写明原因；提交审批前可以重新列入。",
        "include": "重新发给此人，须写明原因。",
        "approve": "通过后转为待发放。",
        "register_paper": _ON_PAPER,
        "decline": "不予发放，须写明原因；经办人修改后可以重新提交。",
        "receive": "登记发放日期；慰问金和提货券同时记入台账。",
        "undo_receive": "登记错了才用：改回待领取，须写明原因；已记的台账不变。",
        "return": "银行把这笔钱退了回来：冲销这一笔台账，核对账户后可以重新发放。",
        "cancel": "不再发给此人：已记的台账冲销，不能恢复。银行退款请用“登记退票”。",
    },
)


class WarningCode(models.TextChoices):
    """What a rule objects to; each needs a reason, a document and a second person.

    One rule may object in several ways, so each way has a code of its own: none hides another.
    """

    OVER_CAP = "over_cap", "超出标准"
    OVER_SHARE = "over_share", "超出经费比例"
    TOO_OFTEN = "too_often", "超出每年次数"
    CASH_FOR_GOODS = "cash_for_goods", "应发实物而发放现金"
    TWO_DATES = "two_dates", "疑似同一事件两个日期"
    LATE = "late", "超出申请期限"
    NOT_COVERED = "not_covered", "不在适用范围"
    NOT_A_MEMBER = "not_a_member", "当时不是会员"
    NO_RULE = "no_rule", "无有效标准"
