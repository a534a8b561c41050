"""What the list of proposals can be narrowed to."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from congress.departments.models import Department
from congress.handling.enums import Duty, ExtensionState, FollowUpState
from congress.handling.models import Extension, FollowUp
from congress.proposals.enums import IN_HAND, WITH_OFFICE, ProposalState


class NeedsAHandFilter(admin.SimpleListFilter):
    """What somebody must do something about."""

    title = "待处理"
    parameter_name = "needs"
    OVERDUE, ASKED, PROMISE, ADVICE = "overdue", "extension", "promise", "advice"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:  # noqa: ARG002
        """Offer the questions."""
        return [
            (self.OVERDUE, "已逾期"),
            (self.ASKED, "已申请延期"),
            (self.PROMISE, "承诺到期未报"),
            (self.ADVICE, "待转办的意见建议"),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:  # noqa: ARG002
        """Narrow the list."""
        today = timezone.localdate()
        if self.value() == self.OVERDUE:
            return queryset.filter(state__in=[*IN_HAND, ProposalState.SIGNING], due_on__lt=today)
        if self.value() == self.ASKED:
            asked = Extension.objects.filter(state=ExtensionState.ASKED)
            return queryset.filter(pk__in=asked.values("proposal"))
        if self.value() == self.PROMISE:
            promised = FollowUp.objects.filter(state=FollowUpState.OPEN, due_on__lt=today)
            return queryset.filter(pk__in=promised.values("proposal"))
        if self.value() == self.ADVICE:
            return queryset.filter(state__in=WITH_OFFICE, recorded=False)
        return queryset


class LeadFilter(admin.SimpleListFilter):
    """The department that leads."""

    title = "主办部门"
    parameter_name = "lead"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:  # noqa: ARG002
        """Offer the departments that lead something."""
        rows = Department.objects.filter(assignments__duty=Duty.LEAD).distinct()
        return [(str(pk), name) for pk, name in rows.values_list("pk", "name")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:  # noqa: ARG002
        """Narrow the list."""
        value = self.value()
        if not value or not value.isdecimal():
            return queryset
        rows = Department.objects.filter(pk=int(value), assignments__duty=Duty.LEAD)
        leads = rows.filter(assignments__ended_at__isnull=True).values("assignments__proposal")
        return queryset.filter(pk__in=leads)
