"""Kinds of special group, and a person's places in them."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from members.cohorts.models import Cohort, CohortKind
from members.people.admin import EpisodeInline
from union_portal.base.admin import PortalModelAdmin


class CohortInline(EpisodeInline):
    model = Cohort
    fields = ("kind", "valid_from", "valid_to", "document")
    ordering = ("-valid_from",)

    def get_queryset(self, request: HttpRequest) -> Any:
        """Fetch what the rows name."""
        return super().get_queryset(request).select_related("kind", "person")


@admin.register(CohortKind)
class CohortKindAdmin(PortalModelAdmin[CohortKind]):
    """特殊群体 as editable data."""

    list_display = ("name", "sensitive")
    search_fields = ("code", "name")
    fields = ("name", "sensitive")
    code_field = "code"
