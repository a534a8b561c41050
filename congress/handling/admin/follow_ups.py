"""落实情况 at the desk: what departments promised and by when; they report on it themselves at their own desk."""

import datetime as dt
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from congress.handling.enums import FollowUpState
from congress.handling.models import Assignment, FollowUp
from union_portal.base.admin import ReadOnlyModelAdmin, display
from union_portal.base.admin.columns import column
from union_portal.base.admin.deadlines import with_days_left
from union_portal.base.admin.filters import question

_MONTH = dt.timedelta(days=30)


def _late(rows: Any) -> Any:
    return rows.open().filter(due_on__lt=timezone.localdate())


def _soon(rows: Any) -> Any:
    today = timezone.localdate()
    return rows.open().filter(due_on__range=(today, today + _MONTH))


@admin.register(FollowUp)
class FollowUpAdmin(ReadOnlyModelAdmin[FollowUp]):
    """Promises, the open ones first, by their day; each leads to its proposal."""

    list_display = ("about", "text", "lead_shown", "due_shown", "state_shown", "reported_on")
    list_display_links = ("due_shown",)
    list_filter = (
        question(title="期限", name="due", narrow={"late": ("承诺到期未报", _late), "soon": ("30 天内到期", _soon)}),
        "state",
    )
    list_select_related = ("proposal",)
    search_fields = ("proposal__number", "proposal__title")
    ordering = ("-state", "due_on")
    lead_shown = column("主办部门", "lead_name")

    def get_queryset(self, request: HttpRequest) -> QuerySet[FollowUp]:
        """Name with each promise the department that leads."""
        return super().get_queryset(request).annotate(lead_name=Assignment.objects.lead_names("proposal"))

    @display(description="提案", ordering="proposal__number")
    def about(self, promise: FollowUp) -> str:
        address = reverse("admin:congress_proposal_change", args=[promise.proposal_id])
        return format_html('<a href="{}">{}</a>', address, promise.proposal)

    @display(description="承诺完成日期", ordering="due_on")
    def due_shown(self, promise: FollowUp) -> str:
        return with_days_left(promise.due_on) if promise.state == FollowUpState.OPEN else f"{promise.due_on:%Y-%m-%d}"

    @display(
        description="状态",
        label={"late": "danger", "open": "warning", "kept": "success", "moved": "info", "dropped": "danger"},
        ordering="state",
    )
    def state_shown(self, promise: FollowUp) -> tuple[str, str]:
        late = promise.state == FollowUpState.OPEN and promise.due_on < timezone.localdate()
        return ("late" if late else promise.state), promise.get_state_display()
