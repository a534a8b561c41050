"""Books, funds and accounts on the desk."""

from django.contrib import admin

from union_portal.base.admin import PortalModelAdmin
from welfare.books.models import Book, Fund, LedgerAccount


@admin.register(Book)
class BookAdmin(PortalModelAdmin[Book]):
    """Books."""

    list_display = ("name", "branch")
    search_fields = ("name", "code")
    fields = ("name", "branch")
    code_field = "code"


@admin.register(Fund)
class FundAdmin(PortalModelAdmin[Fund]):
    """Where the money comes from."""

    list_display = ("name", "book", "active")
    code_field = "code"
    list_filter = ("book", "active")
    search_fields = ("name", "code")


@admin.register(LedgerAccount)
class LedgerAccountAdmin(PortalModelAdmin[LedgerAccount]):
    """科目."""

    list_display = ("code", "name", "kind", "parent", "active")
    list_filter = ("kind", "active")
    search_fields = ("name", "code")
    list_select_related = ("parent",)
