"""The reasons for which a case comes back, on the desk, and how often each was given."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from union_portal.base.admin import RecordAdmin, display
from union_portal.base.querysets import how_many_of
from welfare.cases.models import ReturnReason


@admin.register(ReturnReason)
class ReturnReasonAdmin(RecordAdmin[ReturnReason]):
    list_display = ("name", "explained", "active", "given")
    code_field = "code"

    def get_queryset(self, request: HttpRequest) -> "QuerySet[ReturnReason]":
        """Count the returns."""
        return super().get_queryset(request).annotate(given_count=how_many_of(ReturnReason, "returns"))

    @display(description="退回次数", ordering="given_count")
    def given(self, reason: ReturnReason) -> int:
        return reason.given_count  # type: ignore[attr-defined,no-any-return]
