"""Funds on the desk with what they hold, and the list of all balances."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from union_portal.base.admin import ReadOnlyModelAdmin, RecordAdmin
from welfare.balances.models import FundBalance
from welfare.books.models import Fund


@admin.register(Fund)
class FundAdmin(RecordAdmin[Fund]):
    """Funds, each with its years."""

    list_display = ("name", "book", "active")
    code_field = "code"
    change_form_outer_before_template = "welfare/balances/fund.html"

    def above_form(self, request: HttpRequest, subject: Fund) -> dict[str, Any]:
        """Put the years above the form."""
        del request
        return {"balances": list(FundBalance.objects.filter(fund=subject).order_by("-year"))}


@admin.register(FundBalance)
class FundBalanceAdmin(ReadOnlyModelAdmin[FundBalance]):
    """One line for a fund and a year."""

    list_display = ("fund", "year", "opening", "income", "expense", "balance")
    list_filter = ("year", "fund", "fund__book")
    search_fields = ("fund__name",)
    list_select_related = ("fund",)
    empty_value_display = "期初未登记"
