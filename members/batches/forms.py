"""What an officer fills in for several people at once."""

from typing import Any

from members.branches.forms import BranchForm
from union_portal.base.forms import DayField, DocumentForm, today


class AdmitManyForm(BranchForm, DocumentForm):
    """Joining of several people."""

    on = DayField(label="入会日期", initial=today, help_text="成为会员的第一天。")
    branch_needed = False
    field_order = ("on", "branch", "document")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["branch"].help_text = "已有分工会的不变；还没有的归入这里选的分工会。"


class MoveManyForm(BranchForm, DocumentForm):
    """Several people's first day in a branch."""

    on = DayField(label="日期", initial=today, help_text="到新分工会的第一天。")
    field_order = ("branch", "on", "document")
