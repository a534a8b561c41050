"""The list of those who are due for a check."""

from collections.abc import Mapping
from typing import Any

from union_portal.accounts.enums import Access
from union_portal.accounts.services.access import log_access
from union_portal.base.files import MadeFile, row_maker
from union_portal.base.making import Progress
from union_portal.base.spreadsheets.writing import XLSX_TYPE, write_xlsx
from welfare.health_checks.models import HealthCheck
from welfare.health_checks.services.dues import due_list

DUE = "welfare.health_check_due"
HEADINGS = ("工号", "姓名", "性别", "分工会", "套餐", "上次体检年度", "下次应检年度", "本次应检")


@row_maker(DUE, model=HealthCheck, permission="welfare.add_healthcheck")
def make_due(user: Any, health_check: HealthCheck, asked: Mapping[str, Any], progress: Progress) -> MadeFile:
    """Make the list, with everybody whom the check is for; logged."""
    del asked
    progress(20, "正在读取历次体检")
    rows = [
        (
            *(
                one.person.staff_number,
                one.person.name,
                one.person.get_gender_display(),
                one.branch,
            ),
            *(one.package or "未登记出生日期或无适用套餐", one.last or "从未", one.due or ""),
            "是" if one.is_due(health_check.year) else "否",
        )
        for one in due_list(health_check)
    ]
    log_access(
        user=user, action=Access.EXPORT, kind="welfare.healthcheck", subject=str(health_check.pk), rows=len(rows)
    )
    content = write_xlsx(headings=HEADINGS, rows=rows, title="应检名单")
    return MadeFile(name=f"应检名单-{health_check}.xlsx", content=content, content_type=XLSX_TYPE, rows=len(rows))
