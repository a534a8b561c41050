"""Who approved on paper, when, in which document, with its scan."""

from typing import Any

from django import forms
from unfold.widgets import UnfoldAdminSelect2Widget

from union_portal.base.forms import DayField
from union_portal.base.intake.forms import PaperFormField
from union_portal.base.intake.kinds import SCANS
from welfare.approvals.models import PaperApproval
from welfare.approvals.services import approvers


class PaperApprovalForm(forms.Form):
    """Asked wherever something was approved on paper; the approver is picked by typing, never written."""

    approver = forms.ModelChoiceField(
        PaperApproval.objects.none(),
        label="审批人",
        empty_label="请选择",
        widget=UnfoldAdminSelect2Widget,
        help_text="输入姓名或工号查找。审批当天须任主席，或受主席委托。",
    )
    approved_on = DayField(label="审批日期")
    document = forms.CharField(
        label="文号或文件名称", max_length=100, help_text="例如：工字〔2024〕3号。请勿填写姓名。"
    )
    scan = PaperFormField(label="扫描件", accepts=SCANS)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["approver"].queryset = approvers()  # type: ignore[attr-defined]


class AmendForm(PaperApprovalForm):
    """The same for an approval that is there already, whose scan may stay."""

    scan = PaperFormField(label="扫描件", accepts=SCANS, required=False, help_text="留空则保留已上传的扫描件。")
