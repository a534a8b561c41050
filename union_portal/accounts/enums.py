"""Roles and the kinds of access that are logged."""

from enum import StrEnum

from django.db import models


class Role(models.TextChoices):
    """What somebody is in the union's work: whoever holds one works at the staff desk and needs a second factor.

    Members need none, nor does who answers for a department: a post there opens its desk.
    """

    CHAIR = "chair", "主席"
    VICE_CHAIR = "vice_chair", "副主席"
    ORGANISATION = "organisation", "组织委员"
    WELFARE = "welfare", "生活福利委员"
    CONGRESS = "congress", "提案工作秘书"
    ACTIVITIES = "activities", "文体委员"
    WOMEN = "women", "女工委员"
    BRANCH_CHAIR = "branch_chair", "分工会主席"
    FINANCE = "finance", "财务"
    AUDIT = "audit", "经费审查委员会"
    ADMINISTRATOR = "administrator", "系统管理员"


# Roles that see the whole school; branch chairs see their branch only.
SCHOOL_ROLES = frozenset(
    {Role.CHAIR, Role.VICE_CHAIR, Role.ORGANISATION, Role.WELFARE, Role.CONGRESS, Role.ACTIVITIES, Role.WOMEN}
    | {Role.FINANCE, Role.AUDIT},
)


class Access(models.TextChoices):
    """What the access log records."""

    SIGN_IN = "sign_in", "登录"
    REFUSED = "refused", "登录被拒"
    SIGN_OUT = "sign_out", "退出"
    CODE = "code", "发放登录码"
    ACCOUNT = "account", "办理账号"
    REVEAL = "reveal", "查看完整信息"
    EXPORT = "export", "导出"
    IMPORT = "import", "导入"
    PRINT = "print", "打印"
    DOWNLOAD = "download", "下载"


class Step(StrEnum):
    """Steps on an account, as the log and the mail to its owner call them."""

    MADE = "建立账号"
    CLOSED = "停用账号"
    REOPENED = "恢复账号"
    ADDRESS = "修改电子邮箱"
    NAME = "修改姓名"
    CODE = "发放一次性登录码"
    RESET = "重置二次验证"
    GIVEN = "授予角色"
    CONFIRMED = "确认角色"
    ENDED = "结束角色"
    LENT = "委托角色"
    LENT_CONFIRMED = "确认委托"
    LENT_ENDED = "结束委托"
    CANCELLED = "撤销申请"


class AskedStep(models.TextChoices):
    """What takes two on the account of somebody with a role, and one on everybody else's."""

    CODE = "code", Step.CODE.value
    MAILED_CODE = "mailed_code", "用邮件发送一次性登录码"
    RESET = "reset", Step.RESET.value
    CLOSE = "close", Step.CLOSED.value
    REOPEN = "reopen", Step.REOPENED.value


# Refused to one person where the account has a role.
TAKES_TWO = frozenset({Step.CODE, Step.RESET, Step.CLOSED, Step.REOPENED})
# Who confirms, if not somebody who asked or is concerned.
SECOND_PEOPLE = (Role.ADMINISTRATOR, Role.CHAIR)


# The first let somebody into an account, the second make it worth getting into: no one person does both.
LET_IN = (Step.CODE, Step.ADDRESS)
EMPOWER = (Step.RESET, Step.GIVEN, Step.CONFIRMED, Step.LENT, Step.LENT_CONFIRMED)


# Lines of the log that only their own account reads: who handles a petition is nobody else's business.
CONFIDENTIAL = "petition"


class DataClass(models.TextChoices):
    """Classes of personal data, from the least to the most sensitive (PIPL article 51)."""

    BASIC = "basic", "基本信息"
    CONTACT = "contact", "联系方式"
    IDENTITY = "identity", "证件与银行卡"
    HEALTH = "health", "健康与家庭"
