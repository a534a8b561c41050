"""Purchases by list, and what they are judged by."""

from union_portal.base.importing.kinds import register_kind
from union_portal.base.importing.lists import ModelList
from welfare.procurement.models import AidRegion, Procurement


@register_kind
class AidRegionList(ModelList):
    model, name, key, order = AidRegion, "aid_regions", ("code",), 57


@register_kind
class ProcurementList(ModelList):
    model, name, key, order = Procurement, "procurements", ("title", "supplier", "decided_on"), 58
    fields_in_order = (
        *("title", "item", "supplier", "decided_on", "quantity", "amount", "method", "decision", "report"),
        *("contract", "accepted_on", "accepted_by", "farm", "channel", "region"),
    )
    synonyms = {
        "title": ("品名", "项目名称"),
        "decided_on": ("日期",),
        "amount": ("金额",),
        "region": ("地区", "产地"),
        "channel": ("渠道", "平台"),
    }
