"""Budgets on the desk: lines under their budget, adjustments under their line."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.http import urlencode

from union_portal.base.admin import RecordAdmin
from welfare.fund.models import Budget, BudgetAdjustment, BudgetLine
from welfare.fund.services.reserved import reserved
from welfare.fund.services.statement import Line, statement


@admin.register(Budget)
class BudgetAdmin(RecordAdmin[Budget]):
    list_display = ("year", "adopted_on", "decision", "state_shown")
    list_filter = ("state", "year__book", "year__year")
    list_select_related = ("year__book",)
    search_fields = ("year__book__name", "decision")
    fixed_fields = ("year",)
    children = ("lines",)
    change_form_outer_before_template = "welfare/fund/budget.html"

    def above_form(self, request: HttpRequest, subject: Budget) -> dict[str, Any]:
        """Show what is spent and reserved of every line."""
        del request
        book, year = subject.year.book, subject.year.year
        told = statement(book=book, year=year, reserved=reserved(book=book, year=year))
        parts = [(name, _lines(total)) for name, total in (("收入", told.income), ("支出", told.expense))]
        query = urlencode({"book": book.pk, "year": year})
        return {"parts": [(name, rows) for name, rows in parts if rows], "query": query}


def _lines(total: Line) -> list[Line]:
    """Return the accounts with those below them, then the sum; nothing where none has a budget or moved."""
    return [*(one for top in total.below for one in top.all()), total] if total.below else []


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

    def has_change_permission(self, request: HttpRequest, obj: BudgetAdjustment | None = None) -> bool:
        """Leave an adjustment as it was decided; another one undoes it."""
        return obj is None and super().has_change_permission(request, obj)

    def get_queryset(self, request: HttpRequest) -> "QuerySet[BudgetAdjustment]":
        """Read with each the line and the budget that its name tells."""
        return super().get_queryset(request).select_related("line__account", "line__budget__year__book")
