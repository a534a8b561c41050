"""What of the database stays behind when a school leaves, and why; how the lists of one that comes stand."""

from collections.abc import Mapping

from django.db import models

_OF_THE_MACHINE = "后台服务自己的记录，与工会工作无关"
_CREDENTIAL = "登录凭据，不随数据带走；在新平台重新开通账号"
_REBUILT = "由程序自带或自动生成，新平台安装时即有"
_PASSING = "未办完的临时内容"
# Lists that no empty portal takes in: what their rows are about goes along as records alone.
RECORDS_ONLY: Mapping[str, str] = {"budget_lines": "预算", "vouchers": "台账"}
# Tables that an archive does not hold; every other one of the database it does.
LEFT_OUT: Mapping[str, str] = {
    **dict.fromkeys(
        (
            *(
                "procrastinate.ProcrastinateWorker",
                "procrastinate.ProcrastinateJob",
                "procrastinate.ProcrastinateEvent",
            ),
            *("procrastinate.ProcrastinatePeriodicDefer", "base.JobProgress", "base.DailyRun", "base.SentForm"),
        ),
        _OF_THE_MACHINE,
    ),
    **dict.fromkeys(
        (
            *("sessions.Session", "account.EmailAddress", "account.EmailConfirmation", "mfa.Authenticator"),
            *("accounts.OneTimeCode", "base.KeyCheck"),
        ),
        _CREDENTIAL,
    ),
    **dict.fromkeys(
        (
            *("auth.Permission", "auth.Group", "auth.Group_permissions", "accounts.User_groups"),
            *("accounts.User_user_permissions", "contenttypes.ContentType", "base.AllowedMove"),
        ),
        _REBUILT,
    ),
    **dict.fromkeys(
        (
            *("home.PendingImport", "home.PreviewPage", "home.SavedFilter", "home.AskedFile", "home.Leaving"),
            "home.Arrival",
            *("annual_report.UnsavedText", "annual_report.ReportPreview"),
        ),
        _PASSING,
    ),
    **dict.fromkeys(("pghistory.Events", "pghistory.MiddlewareEvents"), "没有自己的表，内容见各历史记录"),
    "base.RowChange": "只供撤回导入，含导入前后的整行内容",
    "congress.Reminder": "已发出的提醒，内容见各提案",
    "welfare.RoundPaper": "签收表，可由发放批次随时重排",
    "welfare.StatementPaper": "福利享受单，可由慰问记录随时重排",
    "home.AskedFile": "导出的文件，可随时重新导出",
}
# Columns that mean nothing elsewhere: a password's hash.
LEFT_OUT_COLUMNS = frozenset({("accounts.User", "password")})


class ListState(models.TextChoices):
    """What became of a list of an archive that comes in."""

    WAITING = "waiting", "待导入"
    DONE = "done", "已导入"
    REFUSED = "refused", "没有导入"
    SKIPPED = "skipped", "已跳过"
