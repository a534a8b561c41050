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
from union_portal.base.admin.deadlines import with_days_left


class PromiseFilter(admin.SimpleListFilter):
    """Promises by when they fall due."""

    title = "期限"
    parameter_name = "due"
    LATE, SOON = "late", "soon"
    SOON_DAYS = 30

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:  # noqa: ARG002
        """Offer what is late and what comes within a month."""
        return [(self.LATE, "承诺到期未报"), (self.SOON, "30 天内到期")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:  # noqa: ARG002
        """Narrow the list to open promises."""
        today = timezone.localdate()
        if self.value() == self.LATE:
            return queryset.filter(state=FollowUpState.OPEN, due_on__lt=today)
        if self.value() == self.SOON:
            until = today + dt.timedelta(days=self.SOON_DAYS)
            return queryset.filter(state=FollowUpState.OPEN, due_on__range=(today, until))
        return queryset


@admin.register(FollowUp)
class FollowUpAdmin(ReadOnlyModelAdmin[FollowUp]):
    """Promises, the open ones first, by their day; each leads to its proposal."""

    list_display = ("due_shown", "about", "lead_shown", "state_shown", "text", "reported_on")
    list_filter = (PromiseFilter, "state")
    list_select_related = ("proposal",)
    search_fields = ("proposal__number", "proposal__title")
    ordering = ("-state", "due_on")

    def get_queryset(self, request: HttpRequest) -> QuerySet[FollowUp]:
        """Name with each promise the department that leads."""
        return super().get_queryset(request).annotate(lead_name=Assignment.objects.lead_names("proposal"))

    @display(description="提案", ordering="proposal__number")
    def about(self, promise: FollowUp) -> str:
        """Lead to the proposal."""
        return format_html(
            '<a href="{}">{} {}</a>',
            reverse("admin:congress_proposal_change", args=[promise.proposal_id]),
            promise.proposal.number,
            promise.proposal.title,
        )

    @display(description="主办部门", ordering="lead_name")
    def lead_shown(self, promise: Any) -> str:
        """Name the lead."""
        return promise.lead_name or ""

    @display(description="承诺完成日期", ordering="due_on")
    def due_shown(self, promise: FollowUp) -> str:
        """Show the day, with the days left while the promise is open."""
        return with_days_left(promise.due_on) if promise.state == FollowUpState.OPEN else f"{promise.due_on:%Y-%m-%d}"

    @display(
        description="状态",
        label={"late": "danger", "open": "warning", "kept": "success", "moved": "info", "dropped": "danger"},
        ordering="state",
    )
    def state_shown(self, promise: FollowUp) -> tuple[str, str]:
        """Show the state as a pill, red when an open promise has fallen due."""
        late = promise.state == FollowUpState.OPEN and promise.due_on < timezone.localdate()
        return ("late" if late else promise.state), promise.get_state_display()
