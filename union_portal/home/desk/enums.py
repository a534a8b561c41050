"""The desk's order: groups of places, the lists that stand in each place as tabs, and who works in which group.

Every list that is registered stands in exactly one place; what a room adds of its own names its group (`Place.job`).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from union_portal.accounts.enums import Role


@dataclass(frozen=True)
class Group:
    """A part of the union's work, or of keeping the portal."""

    key: str
    title: str
    icon: str


@dataclass(frozen=True)
class Tab:
    """A list beside others: the model's label, and where it is a part of the list, its name and what it is asked."""

    model: str
    title: str = ""
    asked: str = ""


@dataclass(frozen=True)
class DeskPlace:
    """A place of the sidebar: registers that belong together, as tabs."""

    group: str
    key: str
    title: str
    icon: str
    tabs: tuple[Tab, ...] = ()


TODAY = "today"
GROUPS = (
    Group(TODAY, "今日", "inbox"),
    Group("members", "会员", "groups"),
    Group("welfare", "送温暖", "redeem"),
    Group("activities", "活动与荣誉", "directions_run"),
    Group("congress", "民主管理", "how_to_vote"),
    Group("money", "经费", "account_balance"),
    Group("reports", "年度报告", "description"),
    Group("settings", "设置", "settings"),
)


def _lists(app: str, *models: str) -> tuple[Tab, ...]:
    return tuple(Tab(f"{app}.{model}") for model in models)


PEOPLE = (
    Tab("members.person", "在职与离退休"),
    Tab("members.person", "在职", "kind=staff"),
    Tab("members.person", "离退休", "kind=retiree"),
    Tab("welfare.retiree", "离退休关怀"),
    Tab("members.person", "家属与其他", "kind=others"),
    Tab("members.person", "全部人员", "kind=all"),
)
GRANTS = (Tab("welfare.grant", "单项慰问", "singly=yes"), Tab("welfare.grant", "全部慰问记录"))
PLACES = (
    DeskPlace("members", "roll", "会员名册", "group", PEOPLE),
    DeskPlace("members", "moves", "入会退会与调动", "person_add", _lists("members", "admission")),
    DeskPlace("members", "branches", "分工会与班子", "account_tree", _lists("members", "branch", "term", "office")),
    DeskPlace(
        *("members", "imports", "导入与补录", "upload_file"),
        (*_lists("home", "importrecord", "absence", "wordmapping"), *_lists("members", "summaryrecord")),
    ),
    DeskPlace("welfare", "condolences", "慰问", "volunteer_activism", (*GRANTS, *_lists("welfare", "lifeevent"))),
    DeskPlace("welfare", "rounds", "节日发放", "inventory", _lists("welfare", "round")),
    DeskPlace(
        *("welfare", "mutual_aid", "互助保障与理赔", "health_and_safety"),
        _lists("welfare", "claim", "cover", "mutualaidplan", "claimrule", "claimpaperkind"),
    ),
    DeskPlace(
        *("welfare", "services", "服务与捐款", "diversity_3"),
        _lists("welfare", "servicerecord", "groupbuy", "donationdrive", "donation", "donationreceipt", "donationuse"),
    ),
    DeskPlace(
        *("welfare", "health_checks", "体检疗休养", "stethoscope"),
        _lists(
            *("welfare", "healthcheck", "checkbooking", "checkday", "checkhospital", "checkpackage", "turnoutquota"),
            *("recuperationbatch", "recuperationapplication", "recuperationrule", "selectioncriterion"),
        ),
    ),
    DeskPlace(
        *("welfare", "hardship", "困难与走访", "support"),
        _lists(
            *("welfare", "visit", "hardshipfile", "hardshipaid", "hardshipreview", "disclosure", "objection"),
        ),
    ),
    DeskPlace(
        *("welfare", "standards", "标准与提醒", "rule"),
        _lists(
            *("welfare", "benefitrule", "rulewarning", "paperapproval", "benefit"),
            *("hardshipstandard", "hardshipaidrule"),
        ),
    ),
    DeskPlace(
        *("congress", "assemblies", "代表大会", "event_seat"),
        _lists("congress", "session", "sitting", "agendaitem", "presidiummember", "congress"),
    ),
    DeskPlace(
        *("congress", "delegates", "代表", "badge"),
        _lists("congress", "delegate", "delegation", "unitelection"),
    ),
    DeskPlace("congress", "votes", "选举与表决", "how_to_vote", _lists("congress", "election", "ballot", "resolution")),
    DeskPlace(
        *("congress", "proposals", "提案", "edit_note"),
        _lists("congress", "proposal", "followup", "proposaldrive", "department", "proposalreport", "award"),
    ),
    DeskPlace(
        *("congress", "suggestions", "意见建议", "lightbulb"),
        _lists("congress", "suggestion", "suggestiongroup", "suggestiondrive"),
    ),
    DeskPlace(
        *("congress", "oversight", "民主监督", "travel_explore"),
        _lists("congress", "inspection", "finding", "survey", "petition"),
    ),
    DeskPlace(
        *("congress", "bylaws", "制度与委员会", "gavel"),
        _lists(
            *("congress", "committee", "committeeseat", "meeting", "revieweddocument"),
            *("regulation", "regulationversion"),
        ),
    ),
    DeskPlace(
        "money", "budgets", "预算", "request_quote", _lists("welfare", "budget", "budgetline", "budgetadjustment")
    ),
    DeskPlace("money", "ledger", "收支台账", "receipt_long", _lists("welfare", "posting", "ledgerentry")),
    DeskPlace("money", "requests", "记账申请", "rate_review", _lists("welfare", "postingrequest")),
    DeskPlace(
        *("money", "procurements", "采购", "shopping_cart"),
        _lists("welfare", "procurement", "invoice", "goodsmove", "quote", "procurementthreshold", "assistancetarget"),
    ),
    DeskPlace("money", "audits", "审计", "policy", _lists("welfare", "audit", "auditfinding", "duestopup")),
    DeskPlace(
        *("money", "balances", "结余、会费与资产", "savings"),
        (
            *_lists("welfare", "fundbalance", "fiscalyear"),
            *_lists("members", "duesline", "duesrule"),
            *_lists("welfare", "asset", "assetcount"),
        ),
    ),
    DeskPlace("reports", "reports", "报告", "description", _lists("annual_report", "annualreport")),
    DeskPlace(
        "reports", "outlines", "提纲", "toc", _lists("annual_report", "outline", "outlinechapter", "outlinesection")
    ),
    DeskPlace(
        *("settings", "accounts", "账号与角色", "manage_accounts"),
        _lists("accounts", "user", "roleassignment", "delegation", "accountrequest"),
    ),
    DeskPlace(
        *("settings", "vocabulary", "字典", "list_alt"),
        (
            *_lists(
                "welfare", "occasion", "chartaccount", "ledgeraccount", "fund", "book", "workday", "conditiongroup"
            ),
            *_lists("welfare", "servicekind", "visitkind", "aidregion", "returnreason"),
            *_lists("members", "cohortkind"),
            *_lists("congress", "proposalcategory"),
        ),
    ),
    DeskPlace("settings", "log", "访问日志", "policy", _lists("accounts", "accessentry")),
    DeskPlace("settings", "leaving", "整体导出与迁入", "archive", _lists("home", "leaving", "arrival")),
)

_OFFICERS = ("members", "welfare", "reports", "settings")
# A role sees the groups it works in; what else it may open stands under 查看其他. Everybody has the first.
WORKS_IN: Mapping[Role, tuple[str, ...]] = {
    Role.CHAIR: ("members", "welfare", "activities", "congress", "money", "reports", "settings"),
    Role.VICE_CHAIR: ("members", "welfare", "activities", "congress", "money", "reports"),
    Role.ORGANISATION: ("members", "reports", "settings"),
    Role.WELFARE: _OFFICERS,
    Role.WOMEN: _OFFICERS,
    Role.CONGRESS: ("congress", "reports"),
    Role.ACTIVITIES: ("members", "activities", "reports"),
    Role.BRANCH_CHAIR: ("members", "welfare", "congress"),
    Role.FINANCE: ("welfare", "money", "reports", "settings"),
    Role.AUDIT: ("welfare", "money", "reports"),
    Role.ADMINISTRATOR: ("settings",),
}
