"""Life events on the desk: entered with the case they are answered by."""

from django.contrib import admin

from union_portal.base.admin import ReadOnlyModelAdmin
from union_portal.base.spreadsheets.columns import Classification
from welfare.life_events.models import LifeEvent


@admin.register(LifeEvent)
class LifeEventAdmin(ReadOnlyModelAdmin[LifeEvent]):
    """Life events; one that the family has entered already is shared."""

    export_class = Classification.HEALTH
    list_display = ("kind", "whose", "relation", "occurred_on", "ended_on", "entered_by")
    list_filter = ("kind", "occurred_on")
    search_fields = ("whose__name", "whose__staff_number", "whose__search_key")
    fields = ("kind", "whose", "relation", "occurred_on", "ended_on", "variant", "note")
