"""Types and causes of hardship, kinds of aid with their payers, and how far a file or an aid is."""

from django.db import models

from union_portal.base.states import Machine, Move


class HardshipKind(models.TextChoices):
    """The three types of hardship, and that none of them is given."""

    DEEP = "deep", "深度困难"
    RELATIVE = "relative", "相对困难"
    ACCIDENT = "accident", "意外致困"
    NONE = "none", "不符合"


class Cause(models.TextChoices):
    MEDICAL = "medical", "疾病医疗"
    TUITION = "tuition", "子女就学"
    DISABILITY = "disability", "残疾"
    JOB_SEARCH = "job_search", "求职就业"
    ACCIDENT = "accident", "意外灾害"


# What a household cannot avoid, year by year; what an accident cost is judged by the committee.
UNAVOIDABLE = (Cause.MEDICAL, Cause.TUITION, Cause.DISABILITY, Cause.JOB_SEARCH)


class AidKind(models.TextChoices):
    LIVING = "living", "生活救助"
    MEDICAL = "medical", "医疗救助"
    SCHOOLING = "schooling", "金秋助学"
    TEMPORARY = "temporary", "临时困难补助"
    SPECIAL = "special", "特别困难补助"
    VISIT = "visit", "困难慰问"


# Given only to whom a file tells of.
BY_FILE = (AidKind.LIVING, AidKind.MEDICAL, AidKind.SCHOOLING)


class AidPayer(models.TextChoices):
    """Whose money: three books that are never mixed."""

    UNION = "union", "本级工会"
    HIGHER = "higher", "上级工会"
    SCHOOL = "school", "学校"


class FileState(models.TextChoices):
    APPLIED = "applied", "申请中"
    BRANCH = "branch", "待分工会审核"
    COMMITTEE = "committee", "待委员会评定"
    DECIDED = "decided", "待公示"
    DISCLOSED = "disclosed", "公示中"
    LISTED = "listed", "在册"
    RECHECK = "recheck", "复核中"
    DECLINED = "declined", "未通过"
    CLOSED = "closed", "已退出"


# Told anew: what is filled in may be changed.
TOLD = (FileState.APPLIED, FileState.RECHECK)
# Of a person there is one file in these states.
LIVING = tuple(state for state in FileState if state not in {FileState.DECLINED, FileState.CLOSED})


class AidState(models.TextChoices):
    PROPOSED = "proposed", "待审批"
    APPROVED = "approved", "待发放"
    PAID = "paid", "已发放"
    DECLINED = "declined", "未通过"
    CANCELLED = "cancelled", "已取消"


# What stands: it counts as income before the next test.
STANDING = (AidState.APPROVED, AidState.PAID)
ALIVE = (AidState.PROPOSED, *STANDING)
# What the ledger calls an aid that an entry pays.
SUBJECT = "aid"

_TOLD_ANEW = ("standard", "year", "income", "applied_on")
_DECISION = ("decided_kind", "decided_on", "decision")
FILE_MACHINE = Machine(
    name="welfare.hardshipfile",
    initial=[FileState.APPLIED],
    moves=[
        Move("submit", FileState.APPLIED, FileState.BRANCH, "提交分工会"),
        Move("submit", FileState.RECHECK, FileState.BRANCH, "提交分工会"),
        Move("endorse", FileState.BRANCH, FileState.COMMITTEE, "同意上报", permission="endorse"),
        Move("decide", FileState.COMMITTEE, FileState.DECIDED, "登记评定结果", required=_DECISION, permission="decide"),
        Move("disclose", FileState.DECIDED, FileState.DISCLOSED, "公示评定结果", permission="disclose"),
        # By the notice: it ended without an objection, or it was broken.
        Move("enlist", FileState.DISCLOSED, FileState.LISTED, "列入在册"),
        Move("reopen", FileState.DISCLOSED, FileState.COMMITTEE, "重新评定", why=True),
        Move(
            "recheck", FileState.LISTED, FileState.RECHECK, "开始年度复核", required=_TOLD_ANEW, permission="disclose"
        ),
        Move("send_back", FileState.BRANCH, FileState.APPLIED, "退回补充", why=True, permission="endorse"),
        Move("send_back", FileState.COMMITTEE, FileState.APPLIED, "退回补充", why=True, permission="endorse"),
        Move("decline", FileState.COMMITTEE, FileState.DECLINED, "不予认定", why=True, permission="decide"),
        *(
            Move("close", state, FileState.CLOSED, "退出建档", required=("closed_on",), why=True, permission="disclose")
            for state in (FileState.LISTED, FileState.RECHECK, FileState.APPLIED, FileState.BRANCH)
        ),
    ],
    notes={
        "submit": "家庭成员、收入和支出登记齐全后提交，由分工会审核。",
        "endorse": "分工会核实情况属实，上报委员会评定。",
        "decide": "委员会的评定与按标准的测算一并保存；两者不同的，请在依据中写明理由。",
        "disclose": "隐去姓名公示五个工作日，期满没有异议即列入在册。",
        "recheck": "每年复核一次：更新收入和标准，登记本年的支出，再走一遍评定。",
        "decline": "不建档，须写明原因。",
        "close": "不再帮扶，须写明原因；帮扶记录保留。",
    },
    following={
        FileState.APPLIED: "下一步：登记家庭成员和支出，再提交分工会。",
        FileState.BRANCH: "下一步：分工会主席核实后同意上报，或退回补充。",
        FileState.COMMITTEE: "下一步：主席或副主席登记委员会的评定结果。",
        FileState.DECIDED: "下一步：生活福利委员公示评定结果；可以在列表中勾选多人一起公示。",
        FileState.DISCLOSED: "下一步：公示期满没有异议的，在公示页面结束公示。",
        FileState.RECHECK: "下一步：更新家庭成员，登记本年的支出，再提交分工会。",
    },
)
AID_MACHINE = Machine(
    name="welfare.hardshipaid",
    initial=[AidState.PROPOSED, AidState.PAID],
    moves=[
        Move("approve", AidState.PROPOSED, AidState.APPROVED, "审批通过", permission="approve"),
        Move(
            *("pay", AidState.APPROVED, AidState.PAID, "登记发放", ("fund", "account"), ("given_on",)),
            permission="pay",
        ),
        Move("decline", AidState.PROPOSED, AidState.DECLINED, "不予通过", why=True, permission="approve"),
        Move("cancel", AidState.PROPOSED, AidState.CANCELLED, "取消", why=True),
        Move("cancel", AidState.APPROVED, AidState.CANCELLED, "取消", why=True),
        Move("cancel", AidState.PAID, AidState.CANCELLED, "取消", why=True),
        # Its entry was reversed in the ledger.
        Move("unpay", AidState.PAID, AidState.APPROVED, "冲销发放", why=True),
    ],
    notes={
        "approve": "经办人以外的同事审批；不能审批本人或亲属的。",
        "pay": "本级工会的钱记入台账；上级工会或学校直接发放的，只登记日期。",
        "cancel": "不再发放；已记入台账的须先冲销。",
    },
    following={
        AidState.PROPOSED: "下一步：另一人审批。",
        AidState.APPROVED: "下一步：财务登记发放。",
    },
)
