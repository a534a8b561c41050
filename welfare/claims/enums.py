"""How a benefit is computed, how terms are counted, why a claim comes back, and the states of one with their moves."""

from django.db import models

from union_portal.base.states import Machine, Move


class Formula(models.TextChoices):
    """计算方式."""

    PER_DAY = "per_day", "按住院天数"
    RATIO = "ratio", "按费用比例"
    FIXED = "fixed", "按类别定额"


class DayCount(models.TextChoices):
    """住院天数算法."""

    NIGHTS = "nights", "按过夜数（出院当天不计）"
    INCLUSIVE = "inclusive", "入院、出院当天都计"


class ReturnCode(models.TextChoices):
    """退回或拒赔的原因."""

    PAPER_MISSING = "paper_missing", "缺少材料"
    PAPER_UNCLEAR = "paper_unclear", "材料不清或不符"
    FACTS_WRONG = "facts_wrong", "日期或金额有误"
    NOT_INSURED = "not_insured", "不在保障期内"
    NOT_COVERED = "not_covered", "不属于保障责任"
    LATE = "late", "超过申请期限"
    OTHER = "other", "其他"


class ClaimState(models.TextChoices):
    """理赔的状态."""

    DRAFT = "draft", "填写中"
    BRANCH = "branch", "待分工会审核"
    OFFICE = "office", "待校工会审核"
    INSURER = "insurer", "已报承保机构"
    RETURNED = "returned", "退回补正"
    PAID = "paid", "已赔付"
    REFUSED = "refused", "未获赔付"
    WITHDRAWN = "withdrawn", "已撤回"


_S = ClaimState
# Whoever claims may fill it in anew in these states; all that was told stays.
AMENDABLE = (_S.DRAFT, _S.RETURNED)
# What counts against the caps of a term, and of which there is one for each event.
LIVING = (_S.DRAFT, _S.BRANCH, _S.OFFICE, _S.INSURER, _S.RETURNED, _S.PAID)
# With the insurer, or decided there.
CLOSED = (_S.INSURER, _S.PAID, _S.REFUSED)
# What a report counts as claimed through the union.
CLAIMED = (_S.BRANCH, _S.OFFICE, _S.INSURER, _S.RETURNED, _S.PAID, _S.REFUSED)
CLAIM_MACHINE = Machine(
    name="welfare.claim",
    # Lists of past ones bring them where they stood.
    initial=[state for state in _S if state != _S.WITHDRAWN],
    moves=[
        Move("hand_in", _S.DRAFT, _S.BRANCH, "提交申请"),
        Move("hand_in", _S.RETURNED, _S.BRANCH, "重新提交"),
        Move("confirm", _S.BRANCH, _S.OFFICE, "分工会审核通过", permission="confirm"),
        Move("forward", _S.OFFICE, _S.INSURER, "报送承保机构", required=("sent_on",), permission="forward"),
        Move(
            *("pay", _S.INSURER, _S.PAID, "登记赔付"),
            required=("paid_on", "paid_amount"),
            permission="forward",
        ),
        *(
            Move("send_back", state, _S.RETURNED, "退回补正", required=("return_code",), why=True, permission=who)
            for state, who in ((_S.BRANCH, "confirm"), (_S.OFFICE, "confirm"), (_S.INSURER, "confirm"))
        ),
        *(
            Move("refuse", state, _S.REFUSED, "登记拒赔", required=("return_code",), why=True, permission="forward")
            for state in (_S.INSURER, _S.OFFICE)
        ),
        *(
            Move("withdraw", state, _S.WITHDRAWN, "撤回申请", why=True)
            for state in (_S.DRAFT, _S.BRANCH, _S.OFFICE, _S.RETURNED)
        ),
        # Entered by mistake, or brought by a list that was taken back.
        *(
            Move("annul", state, _S.WITHDRAWN, "撤销登记", why=True, permission="forward")
            for state in _S
            if state != _S.WITHDRAWN
        ),
    ],
    notes={
        "hand_in": "提交后由分工会审核；审核前可以撤回。",
        "confirm": "核实参保和事由属实，转校工会审核；不能审核本人或亲属的申请。",
        "forward": "材料核对齐全后报送承保机构，填写报送日期。",
        "pay": "按承保机构的通知登记到账日期和金额；款项由承保机构直接付给本人。",
        "send_back": "退回申请人补正，已填内容都在，写明缺什么。",
        "refuse": "承保机构不予赔付的，写明原因。",
        "withdraw": "不再申请；同一事由以后可以重新登记。",
        "annul": "登记错了才用：这条理赔不再计入。",
    },
    following={
        _S.DRAFT: "下一步：核对材料后提交分工会审核。",
        _S.BRANCH: "下一步：分工会主席审核。",
        _S.OFFICE: "下一步：生活福利委员核对材料，报送承保机构。",
        _S.INSURER: "下一步：收到承保机构的通知后，生活福利委员登记赔付或拒赔。",
        _S.RETURNED: "下一步：按退回原因补正，然后重新提交。",
    },
)
