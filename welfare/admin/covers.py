"""Mutual-aid plans and covers."""

from django.contrib import admin

from union_portal.base.admin import PortalModelAdmin, ReadOnlyModelAdmin
from welfare.models import Cover, MutualAidPlan


@admin.register(MutualAidPlan)
class MutualAidPlanAdmin(PortalModelAdmin[MutualAidPlan]):
    """Plans."""

    list_display = ("name", "insurer", "months", "premium", "payer", "only_gender", "active")
    list_filter = ("active", "payer")
    search_fields = ("name", "code")
    list_select_related = ("account",)


@admin.register(Cover)
class CoverAdmin(ReadOnlyModelAdmin[Cover]):
    """Who is covered; covers come from lists."""

    list_display = ("person", "plan", "branch", "starts_on", "ends_on", "premium", "source")
    list_filter = ("plan", "branch", "starts_on")
    search_fields = ("person__name", "person__staff_number", "person__search_key")
    list_select_related = ("person", "plan", "branch")
    date_hierarchy = "starts_on"
