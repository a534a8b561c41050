"""Life events on the desk: entered with the case they are answered by."""

from django.contrib import admin

from union_portal.base.admin import ReadOnlyModelAdmin, RecordAdmin, display
from union_portal.base.spreadsheets.columns import Classification
from welfare.life_events.models import ConditionGroup, LifeEvent


@admin.register(ConditionGroup)
class ConditionGroupAdmin(RecordAdmin[ConditionGroup]):
    list_display = ("name", "active")
    code_field = "code"


@admin.register(LifeEvent)
class LifeEventAdmin(ReadOnlyModelAdmin[LifeEvent]):
    """Life events; one that the family has entered already is shared."""

    export_class = Classification.HEALTH
    list_display = ("whose", "what", "occurred_on", "ended_on", "entered_by")
    list_select_related = ("whose", "entered_by")
    list_filter = ("kind", "occurred_on")
    search_fields = ("whose__name", "whose__staff_number", "whose__search_key")
    fields = ("kind", "whose", "relation", "occurred_on", "ended_on", "variant", "note")

    @display(description="事由", ordering="kind")
    def what(self, event: LifeEvent) -> str:
        """Say whom of the family it befell, so that nobody is taken for dead."""
        return f"{event.get_relation_display()}{event.get_kind_display()}"
