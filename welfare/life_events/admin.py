"""Life events on the desk."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from members.kin.enums import Relation
from union_portal.accounts.requests import account_of
from union_portal.base.admin import PortalModelAdmin, adopt
from union_portal.base.spreadsheets.columns import Classification
from welfare.life_events import services as life_events
from welfare.life_events.enums import EventKind
from welfare.life_events.models import LifeEvent


@admin.register(LifeEvent)
class LifeEventAdmin(PortalModelAdmin[LifeEvent]):
    """Life events; one that the family has entered already is shared."""

    export_class = Classification.HEALTH
    list_display = ("kind", "whose", "relation", "occurred_on", "ended_on", "entered_by")
    list_filter = ("kind", "occurred_on")
    search_fields = ("whose__name", "whose__staff_number", "whose__search_key")
    list_select_related = ("whose", "entered_by")
    raw_id_fields = ("whose",)
    fields = ("kind", "whose", "relation", "occurred_on", "ended_on", "variant", "note")
    fixed_fields = fields

    def save_model(self, request: HttpRequest, obj: LifeEvent, form: Any, change: bool) -> None:  # noqa: ARG002
        """Record the event through the service."""
        made = life_events.record_event(
            kind=EventKind(obj.kind),
            whose=obj.whose,
            occurred_on=obj.occurred_on,
            actor=account_of(request),
            relation=Relation(obj.relation) if obj.relation else "",
            ended_on=obj.ended_on,
            variant=obj.variant,
            note=obj.note,
        )
        adopt(obj, made)
