"""What the checks find in a year, as a file."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from union_portal.accounts.enums import Access
from union_portal.accounts.services.access import log_access
from union_portal.base.files import MadeFile, maker
from union_portal.base.making import Progress
from union_portal.base.spreadsheets.writing import XLSX_TYPE, write_xlsx
from welfare.audit.services import check_of, fits, matters

MATTERS = "welfare.audit"
TITLE = "审计核查"
HEADINGS = ("日期", "核查项目", "事项", "依据或说明", "金额（元）", "状态", "审批人", "登记人或说明人", "确认人")


def _may(user: Any, asked: Mapping[str, Any]) -> bool:
    del asked
    may: bool = user.has_perm("welfare.look_over")
    return may


@maker(MATTERS, may=_may, refusal="您已没有查看这份清单的权限。")
def make_matters(user: Any, asked: Mapping[str, Any], progress: Progress) -> MadeFile:
    """Make the list of the year's matters, narrowed as the page was; logged."""
    progress(20, "正在核查")
    year, narrowed = asked["year"], asked["narrowed"]
    found = [one for one in matters(year=year, check=narrowed.get("check", "")) if fits(one=one, asked=narrowed)]
    log_access(user=user, action=Access.EXPORT, kind="welfare.audit", subject=str(year), rows=len(found))
    rows = [
        (
            *(one.on, _named(one.check), one.about, one.words, one.amount, one.standing),
            *(one.approver, one.entered_by, one.confirmed_by),
        )
        for one in found
    ]
    return MadeFile(
        name=f"{TITLE}-{year}-{timezone.localdate():%Y%m%d}.xlsx",
        content=write_xlsx(headings=HEADINGS, rows=rows, title=TITLE),
        content_type=XLSX_TYPE,
        rows=len(found),
    )


def _named(key: str) -> str:
    check = check_of(key=key)
    return check.name if check is not None else key
