"""Books with their fiscal years, funds and accounts on the desk."""

from django.contrib import admin

from union_portal.base.admin import RecordAdmin
from welfare.books.models import Book, FiscalYear, Fund, LedgerAccount


@admin.register(Book)
class BookAdmin(RecordAdmin[Book]):
    list_display = ("name", "branch")
    code_field = "code"


@admin.register(FiscalYear)
class FiscalYearAdmin(RecordAdmin[FiscalYear]):
    fixed_fields = ("book", "year")


@admin.register(Fund)
class FundAdmin(RecordAdmin[Fund]):
    list_display = ("name", "book", "active")
    code_field = "code"


@admin.register(LedgerAccount)
class LedgerAccountAdmin(RecordAdmin[LedgerAccount]):
    """科目."""
