"""The access log, to look at."""

from django.contrib import admin

from union_portal.accounts.models import AccessEntry
from union_portal.base.admin import ReadOnlyModelAdmin


@admin.register(AccessEntry)
class AccessEntryAdmin(ReadOnlyModelAdmin[AccessEntry]):
    """Who signed in, looked, exported, printed."""

    list_display = ("at", "user", "action", "kind", "subject", "data_class", "rows", "purpose")
    list_filter = ("action", "data_class")
    search_fields = ("user__staff_number", "subject", "kind")
    list_select_related = ("user",)
    date_hierarchy = "at"
