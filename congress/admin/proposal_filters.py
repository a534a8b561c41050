"""What the list of proposals can be narrowed to."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy

from congress.enums import IN_HAND, Duty, ExtensionState, FollowUpState, ProposalState
from congress.models import Department, Extension, FollowUp


class NeedsAHandFilter(admin.SimpleListFilter):
    """What somebody must do something about."""

    title = gettext_lazy("needs a hand")
    parameter_name = "needs"
    OVERDUE, ASKED, PROMISE = "overdue", "extension", "promise"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:  # noqa: ARG002
        """Offer the questions."""
        return [
            (self.OVERDUE, gettext_lazy("overdue")),
            (self.ASKED, gettext_lazy("extension asked")),
            (self.PROMISE, gettext_lazy("promise fallen due")),
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
        return queryset


class LeadFilter(admin.SimpleListFilter):
    """The department that leads."""

    title = gettext_lazy("lead department")
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
