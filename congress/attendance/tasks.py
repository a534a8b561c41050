"""The sheet to sign at the door, which takes seconds where a congress is large."""

from collections.abc import Mapping
from typing import Any

from congress.attendance.renderers import sign_in_sheet
from congress.sessions.models import Sitting
from members.branches.services.tree import union_name
from union_portal.base.files import MadeFile, paper, row_maker, shares
from union_portal.base.making import Progress

SHEET = "congress.sign_in"


@row_maker(SHEET, model=Sitting, permission="congress.view_rollentry")
def make_sheet(user: Any, sitting: Sitting, asked: Mapping[str, Any], progress: Progress) -> MadeFile:
    """Make the sheet of a sitting's roll."""
    del user, asked
    made = sign_in_sheet(sitting=sitting, union=union_name(), progress=shares(progress))
    return paper(made, name=f"签到表-{sitting}")
