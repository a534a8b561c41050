"""The list of a drive's donors as it is made public."""

from collections.abc import Mapping
from typing import Any

from union_portal.accounts.enums import Access
from union_portal.accounts.services.access import log_access
from union_portal.base.files import MadeFile, row_maker
from union_portal.base.making import Progress
from union_portal.base.spreadsheets.writing import XLSX_TYPE, write_xlsx
from welfare.donations.models import DonationDrive
from welfare.donations.services import shown_list

SHOWN = "welfare.donations_shown"
HEADINGS = ("序号", "捐赠人", "人数", "金额（元）", "物资")


@row_maker(SHOWN, model=DonationDrive, permission="welfare.view_donationdrive")
def make_shown(user: Any, drive: DonationDrive, asked: Mapping[str, Any], progress: Progress) -> MadeFile:
    """Make the list with masked names; logged."""
    del asked
    progress(20, "正在读取捐赠明细")
    rows = shown_list(drive)
    log_access(user=user, action=Access.EXPORT, kind="welfare.donationdrive", subject=str(drive.pk), rows=len(rows))
    content = write_xlsx(headings=HEADINGS, rows=rows, title=f"{drive}公示名单"[:31])
    return MadeFile(name=f"公示名单-{drive}.xlsx", content=content, content_type=XLSX_TYPE, rows=len(rows))
