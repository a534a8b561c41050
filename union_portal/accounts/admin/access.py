"""The access log, to look at."""

from django.apps import apps
from django.contrib import admin
from django.utils.text import capfirst
from unfold.contrib.filters.admin import RangeDateTimeFilter

from union_portal.accounts.models import AccessEntry
from union_portal.base.admin import ReadOnlyModelAdmin, display
from union_portal.base.importing.kinds import kinds


def kind_in_words(kind: str) -> str:
    """Say what the log's kind means: a model by its name, an import by its label, else the app it belongs to."""
    app, _dot, name = kind.partition(".")
    if name and app in apps.app_configs and name in apps.all_models[app]:
        return str(capfirst(apps.get_model(app, name)._meta.verbose_name))  # noqa: SLF001
    if name and app in apps.app_configs:
        return str(apps.get_app_config(app).verbose_name)
    return next((str(found.kind.label) for found in kinds() if found.kind.key == kind), kind)


@admin.register(AccessEntry)
class AccessEntryAdmin(ReadOnlyModelAdmin[AccessEntry]):
    list_display = ("action", "what", "rows", "user", "purpose", "at")
    export_also = ("subject", "data_class")
    fields = ("at", "user", "action", "what", "subject", "data_class", "rows", "purpose", "address")
    list_filter = ("action", "data_class", ("at", RangeDateTimeFilter))
    search_fields = ("user__staff_number", "subject", "kind")

    @display(description="记录种类", ordering="kind")
    def what(self, entry: AccessEntry) -> str:
        return kind_in_words(entry.kind)
