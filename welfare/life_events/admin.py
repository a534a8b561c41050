"""Life events on the desk."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from union_portal.accounts.requests import account_of
from union_portal.base.admin import RecordAdmin, adopt
from union_portal.base.spreadsheets.columns import Classification
from welfare.life_events.models import LifeEvent
from welfare.life_events.services import record_event


@admin.register(LifeEvent)
class LifeEventAdmin(RecordAdmin[LifeEvent]):
    """Life events; one that the family has entered already is shared."""

    export_class = Classification.HEALTH
    list_display = ("kind", "whose", "relation", "occurred_on", "ended_on", "entered_by")
    list_filter = ("kind", "occurred_on")
    search_fields = ("whose__name", "whose__staff_number", "whose__search_key")
    fixed_fields = fields = ("kind", "whose", "relation", "occurred_on", "ended_on", "variant", "note")

    def save_model(self, request: HttpRequest, obj: LifeEvent, form: Any, change: bool) -> None:  # noqa: ARG002
        """Let the family's own event answer for a second entry."""
        adopt(obj, record_event(event=obj, actor=account_of(request)))
