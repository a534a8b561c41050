"""The welfare vocabulary and its tables of moves."""

from django.db import models

from union_portal.base.states import Machine, Move


class Category(models.TextChoices):
    """福利类别: what a benefit is given for. Reports count by it."""

    FESTIVAL = "festival", "节日慰问"
    BIRTHDAY = "birthday", "生日慰问"
    SUMMER = "summer", "夏送清凉"
    WINTER = "winter", "冬送温暖"
    FRONTLINE = "frontline", "一线慰问"
    WEDDING = "wedding", "结婚"
    BIRTH = "birth", "生育"
    HOSPITAL = "hospital", "住院"
    SERIOUS_ILLNESS = "serious_illness", "重大疾病"
    BEREAVEMENT = "bereavement", "亲属去世"
    DEATH = "death", "会员去世"
    RETIREMENT = "retirement", "退休"
    HARDSHIP = "hardship", "困难帮扶"
    DISASTER = "disaster", "突发灾害"
    SPECIAL_GROUP = "special_group", "特殊群体走访"
    VETERANS = "veterans", "复转军人"
    DISABILITY = "disability", "伤残保健金"
    RETIREE_VISIT = "retiree_visit", "离退休人员慰问"
    CULTURE = "culture", "文化福利"
    SCHOOLING = "schooling", "子女教育"
    HEALTH_CHECK = "health_check", "健康体检"
    RECUPERATION = "recuperation", "疗休养"
    OTHER = "other", "其他福利"


# Categories whose screens speak softly: slate instead of red, no festive words.
GRAVE = frozenset(
    {Category.HOSPITAL, Category.SERIOUS_ILLNESS, Category.BEREAVEMENT, Category.DEATH, Category.HARDSHIP}
    | {Category.DISASTER, Category.DISABILITY}
)


class Festival(models.TextChoices):
    """The seven statutory festivals on which a union may give goods (总工办发〔2017〕32号), and what schools add."""

    NEW_YEAR = "new_year", "元旦"
    SPRING = "spring", "春节"
    QINGMING = "qingming", "清明节"
    LABOUR = "labour", "劳动节"
    DRAGON_BOAT = "dragon_boat", "端午节"
    MID_AUTUMN = "mid_autumn", "中秋节"
    NATIONAL = "national", "国庆节"
    ETHNIC = "ethnic", "少数民族节日"
    WOMEN = "women", "妇女节"
    TEACHERS = "teachers", "教师节"
    DOUBLE_NINTH = "double_ninth", "重阳节"


class Form(models.TextChoices):
    """发放形式."""

    GOODS = "goods", "实物"
    COUPON = "coupon", "提货券"
    CASH = "cash", "慰问金"
    SERVICE = "service", "服务"
    COVER = "cover", "参保"


class CapBasis(models.TextChoices):
    """What a cap is measured by."""

    PER_EVENT = "per_event", "每次"
    PER_YEAR = "per_year", "每人每年"
    PER_CATEGORY_YEAR = "per_category_year", "每人每年（同类合计）"
    INCOME_SHARE = "income_share", "占当年工会经费收入比例（%）"


class EventKind(models.TextChoices):
    """婚育病丧."""

    WEDDING = "wedding", "结婚"
    BIRTH = "birth", "生育"
    HOSPITAL = "hospital", "住院"
    ILLNESS = "illness", "重大疾病"
    DEATH = "death", "去世"
    RETIREMENT = "retirement", "退休"
    DISASTER = "disaster", "突发灾害"
    HARDSHIP = "hardship", "困难帮扶"


class RoundState(models.TextChoices):
    """发放批次的状态."""

    DRAFT = "draft", "草稿"
    LOCKED = "locked", "名册已锁定"
    SUBMITTED = "submitted", "待审批"
    APPROVED = "approved", "已审批"
    CLOSED = "closed", "已办结"
    CANCELLED = "cancelled", "已取消"


ROUND_MACHINE = Machine(
    name="welfare.round",
    initial=[RoundState.DRAFT, RoundState.CLOSED],
    moves=[
        Move("lock", RoundState.DRAFT, RoundState.LOCKED, "锁定名册"),
        Move("unlock", RoundState.LOCKED, RoundState.DRAFT, "解锁名册"),
        Move("submit", RoundState.LOCKED, RoundState.SUBMITTED, "提交审批"),
        Move("return", RoundState.SUBMITTED, RoundState.LOCKED, "退回补充"),
        Move("approve", RoundState.SUBMITTED, RoundState.APPROVED, "审批通过"),
        Move("close", RoundState.APPROVED, RoundState.CLOSED, "办结批次"),
        Move("cancel", RoundState.DRAFT, RoundState.CANCELLED, "取消批次"),
        Move("cancel", RoundState.LOCKED, RoundState.CANCELLED, "取消批次"),
    ],
)


class GrantState(models.TextChoices):
    """慰问（发放）记录的状态: a round's roster is its grants in state listed."""

    LISTED = "listed", "已列入"
    EXCLUDED = "excluded", "已剔除"
    SUBMITTED = "submitted", "待审批"
    DECLINED = "declined", "未通过"
    DUE = "due", "待领取"
    RECEIVED = "received", "已领取"
    RETURNED = "returned", "已退票"
    CANCELLED = "cancelled", "已取消"


# A recipient has at most one living grant per benefit and occasion or event.
LIVING = (GrantState.LISTED, GrantState.SUBMITTED, GrantState.DUE, GrantState.RECEIVED, GrantState.RETURNED)
# What a report counts as given: approved and not taken back.
GIVEN = (GrantState.RECEIVED,)

GRANT_MACHINE = Machine(
    name="welfare.grant",
    initial=[GrantState.LISTED, GrantState.SUBMITTED, GrantState.RECEIVED],
    moves=[
        Move("exclude", GrantState.LISTED, GrantState.EXCLUDED, "剔除"),
        Move("include", GrantState.EXCLUDED, GrantState.LISTED, "重新列入"),
        Move("release", GrantState.LISTED, GrantState.DUE, "确认应发"),
        Move("approve", GrantState.SUBMITTED, GrantState.DUE, "审批通过"),
        Move("decline", GrantState.SUBMITTED, GrantState.DECLINED, "不予通过"),
        Move("receive", GrantState.DUE, GrantState.RECEIVED, "登记领取"),
        Move("undo_receive", GrantState.RECEIVED, GrantState.DUE, "撤销领取"),
        Move("return", GrantState.RECEIVED, GrantState.RETURNED, "登记退票"),
        Move("receive", GrantState.RETURNED, GrantState.RECEIVED, "重新发放"),
        Move("cancel", GrantState.DUE, GrantState.CANCELLED, "取消"),
        Move("cancel", GrantState.RETURNED, GrantState.CANCELLED, "取消"),
        Move("cancel", GrantState.RECEIVED, GrantState.CANCELLED, "取消"),
    ],
)


class PostingKind(models.TextChoices):
    """What a posting stands for."""

    ROUND = "round", "批次发放"
    PURCHASE = "purchase", "采购"
    GRANT = "grant", "单项慰问"
    COVER = "cover", "参保缴费"
    REVERSAL = "reversal", "冲销"
    ADJUSTMENT = "adjustment", "以前年度调整"
    INCOME = "income", "收入"
    RECORDED = "recorded", "补录"


class AccountKind(models.TextChoices):
    INCOME = "income", "收入"
    EXPENSE = "expense", "支出"


class YearState(models.TextChoices):
    """The state of a book's fiscal year."""

    OPEN = "open", "开启"
    CLOSED = "closed", "已办结"
    REOPENED = "reopened", "补录重开"


YEAR_MACHINE = Machine(
    name="welfare.fiscalyear",
    initial=[YearState.OPEN],
    moves=[
        Move("close", YearState.OPEN, YearState.CLOSED, "结账"),
        Move("reopen", YearState.CLOSED, YearState.REOPENED, "重开补录"),
        Move("close", YearState.REOPENED, YearState.CLOSED, "结账"),
    ],
)


class WarningCode(models.TextChoices):
    """What a rule objects to; each needs a reason, a document and a second person."""

    OVER_CAP = "over_cap", "超出标准"
    CASH_FOR_GOODS = "cash_for_goods", "应发实物而发放现金"
    TWO_DATES = "two_dates", "疑似同一事件两个日期"
    LATE = "late", "超出申请期限"
    NO_RULE = "no_rule", "无有效标准"


class PayerShare(models.TextChoices):
    UNION = "union", "工会"
    MEMBER = "member", "会员"
    SHARED = "shared", "共同负担"


class PaperState(models.TextChoices):
    """How far a document that the worker makes has come."""

    WAITING = "waiting", "排队等待生成"
    WORKING = "working", "正在生成"
    DONE = "done", "已生成"
    FAILED = "failed", "失败"
