"""Books and accounts on the desk; funds and years show what higher rooms know of them, and stand there."""

from django.contrib import admin

from union_portal.base.admin import RecordAdmin
from welfare.books.models import Book, ChartAccount, LedgerAccount


@admin.register(Book)
class BookAdmin(RecordAdmin[Book]):
    list_display = ("name", "trust", "branch")
    code_field = "code"


@admin.register(LedgerAccount)
class LedgerAccountAdmin(RecordAdmin[LedgerAccount]):
    """科目."""

    list_display = ("name", "code", "kind", "chart", "active")


@admin.register(ChartAccount)
class ChartAccountAdmin(RecordAdmin[ChartAccount]):
    """制度科目."""

    list_display = ("name", "code", "kind", "parent", "checked")
    list_select_related = ("parent",)
