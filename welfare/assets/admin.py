"""Assets on the desk, each with its counts."""

from django.contrib import admin
from django.utils import timezone

from union_portal.base.admin import RecordAdmin
from union_portal.base.admin.filters import question
from welfare.assets.models import Asset, AssetCount

_KEPT = {
    "kept": ("在册", lambda rows: rows.filter(disposed_on=None)),
    "open": (
        "在册，本年未盘点",
        lambda rows: rows.filter(disposed_on=None).exclude(counts__year=timezone.localdate().year),
    ),
    "gone": ("已处置", lambda rows: rows.exclude(disposed_on=None)),
}


@admin.register(Asset)
class AssetAdmin(RecordAdmin[Asset]):
    list_display = ("name", "kind", "place", "acquired_on", "disposed_on", "amount")
    export_also = ("number", "branch", "decision")
    list_filter = (question(title="在册与盘点", name="kept", narrow=_KEPT), "kind", "branch")
    children = ("counts",)


@admin.register(AssetCount)
class AssetCountAdmin(RecordAdmin[AssetCount]):
    list_display = ("asset", "year", "counted_on", "found", "note")
    list_select_related = ("asset",)
    fixed_fields = ("asset", "year")
    parent = "asset"
