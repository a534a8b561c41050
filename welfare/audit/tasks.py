"""What departs from the ordinary way in a year, as a file."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from union_portal.accounts.enums import Access
from union_portal.accounts.services.access import log_access
from union_portal.base.files import MadeFile, maker
from union_portal.base.making import Progress
from union_portal.base.spreadsheets.writing import XLSX_TYPE, write_xlsx
from welfare.audit.services import fits, matters

MATTERS = "welfare.audit"
TITLE = "线下审批与未结提醒"
HEADINGS = ("日期", "类别", "事项", "依据或说明", "状态", "审批人", "登记人或说明人", "确认人")


def _may(user: Any, asked: Mapping[str, Any]) -> bool:
    del asked
    may: bool = user.has_perm("welfare.look_over")
    return may


@maker(MATTERS, may=_may, refusal="您已没有查看这份清单的权限。")
def make_matters(user: Any, asked: Mapping[str, Any], progress: Progress) -> MadeFile:
    """Make the list of the year's matters, narrowed as the page was; logged."""
    progress(20, "正在汇总")
    year = asked["year"]
    found = [one for one in matters(year=year) if fits(one, asked["narrowed"])]
    log_access(user=user, action=Access.EXPORT, kind="welfare.audit", subject=str(year), rows=len(found))
    rows = [
        (one.on, one.kind.label, one.about, one.words, one.standing, one.approver, one.entered_by, one.confirmed_by)
        for one in found
    ]
    return MadeFile(
        name=f"{TITLE}-{year}-{timezone.localdate():%Y%m%d}.xlsx",
        content=write_xlsx(headings=HEADINGS, rows=rows, title=TITLE),
        content_type=XLSX_TYPE,
        rows=len(found),
    )
