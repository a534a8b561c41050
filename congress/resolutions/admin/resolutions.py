"""Resolutions: the words in which a body decided."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from congress.bodies.admin import RunByUserAdmin
from congress.resolutions import services as resolutions
from congress.resolutions.forms import ResolutionForm
from congress.resolutions.models import Resolution
from union_portal.base.admin import PortalModelAdmin, adopt


@admin.register(Resolution)
class ResolutionAdmin(RunByUserAdmin, PortalModelAdmin[Resolution]):
    """决议."""

    form = ResolutionForm
    list_display = ("title", "sitting", "item", "adopted_on")
    list_filter = ("sitting__session",)
    list_select_related = ("sitting__congress__branch", "sitting__session", "item")
    search_fields = ("title", "text")
    date_hierarchy = "adopted_on"
    fixed_fields = ("sitting", "item")

    def save_model(self, request: HttpRequest, obj: Resolution, form: Any, change: bool) -> None:
        if change:
            super().save_model(request, obj, form, change)
            return
        made = resolutions.adopt_resolution(
            sitting=obj.sitting, item=obj.item, title=obj.title, text=obj.text, on=obj.adopted_on
        )
        adopt(obj, made)
