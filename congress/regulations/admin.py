"""Regulations (规章制度) at the desk, with their versions."""

from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from congress.regulations.enums import RegulationAct
from congress.regulations.models import Regulation, RegulationVersion
from union_portal.base.admin import RecordAdmin, display
from union_portal.base.admin.columns import column
from union_portal.base.admin.filters import question

_GONE = Q(latest_act=RegulationAct.REPEALED)
_FORCE = {"yes": ("现行有效", lambda rows: rows.exclude(_GONE)), "no": ("废止", lambda rows: rows.filter(_GONE))}


@admin.register(Regulation)
class RegulationAdmin(RecordAdmin[Regulation]):
    list_display = ("title", "keeper", "latest_shown", "latest_day")
    list_filter = (question(title="现行有效", name="force", narrow=_FORCE), "versions__act")
    search_fields = ("title", "keeper", "versions__text", "versions__number")
    children = ("versions",)
    latest_day = column("日期", "latest_on")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Regulation]:
        rows: Any = super().get_queryset(request)
        return rows.with_latest(on=timezone.localdate())  # type: ignore[no-any-return]

    @display(description="最近一次", label={"repealed": "danger", "adopted": "success"})
    def latest_shown(self, row: Any) -> tuple[str, str]:
        return (row.latest_act, RegulationAct(row.latest_act).label) if row.latest_act else ("", "—")


@admin.register(RegulationVersion)
class RegulationVersionAdmin(RecordAdmin[RegulationVersion]):
    list_display = ("regulation", "act", "on", "number", "decided_by", "file")
    list_filter = ("act",)
    search_fields = ("regulation__title", "number", "decided_by")
    fixed_fields = ("regulation", "act", "on")
    parent = "regulation"
