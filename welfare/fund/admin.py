"""Budgets on the desk: lines under their budget, adjustments under their line."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from union_portal.base.admin import RecordAdmin
from welfare.fund.models import Budget, BudgetAdjustment, BudgetLine


@admin.register(Budget)
class BudgetAdmin(RecordAdmin[Budget]):
    list_display = ("year", "adopted_on", "decision", "state_shown")
    list_filter = ("state", "year__book", "year__year")
    list_select_related = ("year__book",)
    search_fields = ("year__book__name", "decision")
    fixed_fields = ("year",)
    children = ("lines",)


@admin.register(BudgetLine)
class BudgetLineAdmin(RecordAdmin[BudgetLine]):
    list_display = ("account", "budget", "reason", "amount")
    list_filter = ("budget__year__book", "budget__year__year", "account__kind")
    list_select_related = ("account", "budget__year__book")
    search_fields = ("account__code", "account__name", "reason")
    fixed_fields = ("budget", "account")
    children = ("adjustments",)
    parent = "budget"


@admin.register(BudgetAdjustment)
class BudgetAdjustmentAdmin(RecordAdmin[BudgetAdjustment]):
    list_display = ("line", "decided_on", "decision", "amount")
    list_filter = ("line__budget__year__book", "line__budget__year__year")
    search_fields = ("decision", "line__account__name")
    fixed_fields = ("line",)
    parent = "line"

    def get_queryset(self, request: HttpRequest) -> "QuerySet[BudgetAdjustment]":
        """Read with each the line and the budget that its name tells."""
        return super().get_queryset(request).select_related("line__account", "line__budget__year__book")
