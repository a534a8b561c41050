"""What of the cases leaves the portal on paper or as a table; each is logged, as it may tell of illness."""

import io
from collections.abc import Callable
from typing import Any

from django import forms
from django.http import FileResponse, HttpRequest, HttpResponseBase
from django.utils import timezone

from union_portal.accounts.enums import Access, DataClass
from union_portal.accounts.requests import account_of
from union_portal.accounts.services import log_access
from union_portal.base.admin import object_action
from union_portal.base.files import counted, give
from union_portal.base.forms import PurposeForm
from union_portal.base.paper import PaperResult
from welfare.case_desk.renderers import DOSSIER, TITLE, approval_form, dossier
from welfare.case_desk.tasks import TABLE, TABLE_TITLE, lines_of
from welfare.grants.models import Grant


def this_year() -> int:
    """Return the year that is asked for first."""
    return timezone.localdate().year


class TableForm(PurposeForm):
    """The year of a table."""

    year = forms.IntegerField(label="年度", min_value=2000, max_value=2100, initial=this_year)


def _is_single(grant: Grant) -> bool:
    return grant.round_id is None


class PaperPages:
    """Mixed into the cases' admin."""

    @object_action(
        description="打印审批表",
        permission="welfare.view_grant",
        offered=_is_single,
        confirmation=lambda *_args: "将生成 PDF，含慰问事由和材料核对情况；打印会留下记录。",
        icon="print",
    )
    def print_form(self, request: HttpRequest, subject: Grant) -> FileResponse:
        """Give the form as PDF."""
        return _printed(request, subject, TITLE, approval_form)

    @object_action(
        description="打印卷宗",
        permission="welfare.view_grant",
        offered=_is_single,
        confirmation=lambda *_args: "将生成 PDF：申请、材料清单、全部办理意见和台账单；打印会留下记录。",
        icon="folder_open",
    )
    def print_dossier(self, request: HttpRequest, subject: Grant) -> FileResponse:
        """Give all of the case as PDF."""
        return _printed(request, subject, DOSSIER, dossier)

    @object_action(
        description="慰问统计表",
        permission="welfare.export_grant",
        form=TableForm,
        confirmation=lambda *_args: (
            "将导出一年内已发放的单项慰问：单位、姓名、事项、标准、金额、发放日期，供签字盖章。"
        ),
        icon="table_view",
    )
    def take_table(self, request: HttpRequest, subject: None, year: int, purpose: str) -> HttpResponseBase:  # noqa: ARG002
        """Give the year's table of what the account may see."""
        asked = {"year": year, "purpose": purpose}
        rows = counted(lines_of(account_of(request), year))
        answer: HttpResponseBase = give(request, key=TABLE, asked=asked, title=f"{year}年{TABLE_TITLE}", rows=rows)
        return answer


def _printed(request: HttpRequest, subject: Grant, title: str, make: Callable[[Any], PaperResult]) -> FileResponse:
    made = make(subject)
    log_access(
        user=account_of(request),
        action=Access.PRINT,
        kind="welfare.grant",
        subject=str(subject.pk),
        rows=1,
        data_class=DataClass.HEALTH,
    )
    name = f"{title}-{subject.person.name}.pdf"
    return FileResponse(io.BytesIO(made.pdf), filename=name, content_type="application/pdf")
