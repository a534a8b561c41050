"""The lines of hardship and the caps of aids on the desk."""

from django.contrib import admin

from union_portal.base.admin import RecordAdmin, display
from welfare.hardship.models import HardshipAidRule, HardshipStandard


@admin.register(HardshipStandard)
class HardshipStandardAdmin(RecordAdmin[HardshipStandard]):
    list_display = ("place", "valid_from", "valid_to", "inclusive", "average", "line")
    export_also = ("multiple", "source")
    list_filter = ("place",)
    search_fields = ("place", "source")
    fields = ("place", "line", "average", "multiple", "inclusive", "valid_from", "valid_to", "source")
    children = ("aid_rules",)
    date_hierarchy = "valid_from"


@admin.register(HardshipAidRule)
class HardshipAidRuleAdmin(RecordAdmin[HardshipAidRule]):
    list_display = ("aid", "hardship", "standard", "most", "cap")
    export_also = ("months", "per_child", "share", "share_of", "asks_above", "asks_whom")
    list_filter = ("hardship", "aid", "alone")
    search_fields = ("standard__place", "asks_whom")
    list_select_related = ("standard",)
    fixed_fields = ("standard",)
    parent = "standard"

    @display(description="最多")
    def most(self, rule: HardshipAidRule) -> str:
        return rule.words
