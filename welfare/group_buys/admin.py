"""Group buys on the desk."""

from django.contrib import admin

from union_portal.base.admin import RecordAdmin
from welfare.group_buys.models import GroupBuy


@admin.register(GroupBuy)
class GroupBuyAdmin(RecordAdmin[GroupBuy]):
    list_display = ("title", "kind", "held_on", "supplier", "buyers", "amount")
    export_also = ("note",)
