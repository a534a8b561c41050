"""Targets of consumption assistance on the desk, with how far they are reached."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from union_portal.base.admin import RecordAdmin, display
from union_portal.base.money import grouped
from welfare.consumption.models import AssistanceTarget
from welfare.consumption.services import conditions_of, reached


@admin.register(AssistanceTarget)
class AssistanceTargetAdmin(RecordAdmin[AssistanceTarget]):
    list_display = ("title", "year", "channel", "region", "completed_on", "source")
    list_filter = ("year", "channel", "region")
    search_fields = ("title", "source")
    readonly_fields = ("standing",)

    def get_fields(self, request: HttpRequest, obj: AssistanceTarget | None = None) -> Any:
        """Say it once the row exists."""
        return [*super().get_fields(request, obj), *(["standing"] if obj else [])]

    @display(description="完成情况")
    def standing(self, target: AssistanceTarget) -> str:
        """Tell every test and what is missing."""
        return f"已采购 {grouped(reached(target))} 元。" + "；".join(map(str, conditions_of(target)))
