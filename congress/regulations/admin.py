"""Regulations (规章制度): adopted, revised, repealed, each time with the text from then on."""

import datetime as dt
from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from congress.bodies.admin import PLAIN_STYLES
from congress.regulations import services as regulations
from congress.regulations.enums import RegulationAct
from congress.regulations.forms import VersionForm
from congress.regulations.models import Regulation, RegulationVersion
from union_portal.base.admin import PortalModelAdmin, ReadOnlyModelAdmin, display, object_action


class ForceFilter(admin.SimpleListFilter):
    """In force, or repealed."""

    title = "现行有效"
    parameter_name = "force"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:  # noqa: ARG002
        """Offer both."""
        return [("yes", "现行有效"), ("no", "废止")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:  # noqa: ARG002
        """Narrow the list."""
        if self.value() == "yes":
            return queryset.exclude(latest_act=RegulationAct.REPEALED)
        return queryset.filter(latest_act=RegulationAct.REPEALED) if self.value() == "no" else queryset


@admin.register(Regulation)
class RegulationAdmin(PortalModelAdmin[Regulation]):
    """规章制度."""

    list_display = ("title", "keeper", "latest_shown", "latest_day")
    list_filter = (ForceFilter, "versions__act")
    search_fields = ("title", "keeper", "versions__text", "versions__number")
    fields = ("title", "keeper")
    change_form_outer_before_template = "congress/regulations/admin/regulation.html"
    actions_detail = ("enact",)

    class Media:
        css: ClassVar[dict[str, list[str]]] = PLAIN_STYLES

    def get_queryset(self, request: HttpRequest) -> QuerySet[Regulation]:
        """Add what was done last."""
        rows: Any = super().get_queryset(request)
        found: QuerySet[Regulation] = rows.with_latest(on=timezone.localdate())
        return found

    @display(description="最近一次", label={"repealed": "danger", "adopted": "success"})
    def latest_shown(self, row: Any) -> tuple[str, str]:
        """Show it as a pill."""
        return (row.latest_act, str(RegulationAct(row.latest_act).label)) if row.latest_act else ("", "—")

    @admin.display(description="自", ordering="latest_on")
    def latest_day(self, row: Any) -> dt.date | None:
        """Say since when."""
        day: dt.date | None = row.latest_on
        return day

    def above_form(self, request: HttpRequest, subject: Regulation) -> dict[str, Any]:
        """Put the versions above the form."""
        del request
        return {"versions": subject.versions.order_by("-on", "-pk")}

    @object_action(
        description="登记制定、修订或废止",
        permission="congress.change_regulation",
        form=VersionForm,
        primary=True,
        icon="gavel",
    )
    def enact(self, _request: HttpRequest, subject: Regulation, act: RegulationAct, **data: Any) -> str:
        """Record it."""
        made = regulations.enact(title=subject.title, act=act, **data)
        return f"已登记：{made.on} {made.get_act_display()}。"


@admin.register(RegulationVersion)
class RegulationVersionAdmin(ReadOnlyModelAdmin[RegulationVersion]):
    """What was done to regulations, by day: what a report counts."""

    list_display = ("regulation", "act", "on", "number", "decided_by")
    list_filter = ("act",)
    list_select_related = ("regulation",)
    search_fields = ("regulation__title", "number", "decided_by")
    date_hierarchy = "on"
    fields = ("regulation", "act", "on", "number", "decided_by", "text")
