"""Purchases by list, and what they are judged by."""

from collections.abc import Sequence

from union_portal.base.importing.kinds import register_kind
from union_portal.base.importing.lists import ModelList
from union_portal.base.importing.preview import Status
from union_portal.base.importing.rows import Row
from welfare.procurement.enums import ProcurementState
from welfare.procurement.models import AidRegion, Procurement, ProcurementThreshold


@register_kind
class ThresholdList(ModelList):
    model, name, key, order = ProcurementThreshold, "procurement_thresholds", ("amount_from", "valid_from"), 57
    synonyms = {"amount_from": ("限额", "起点金额"), "source": ("文件", "文号")}


@register_kind
class AidRegionList(ModelList):
    model, name, key, order = AidRegion, "aid_regions", ("code",), 57


@register_kind
class ProcurementList(ModelList):
    model, name, key, order = Procurement, "procurements", ("title", "supplier", "decided_on"), 58
    cancelled_by = "cancel"
    fields_in_order = (
        *("title", "item", "supplier", "decided_on", "quantity", "amount", "method", "decision", "report"),
        *("contract", "accepted_on", "accepted_by", "farm", "channel", "region", "spec", "exception"),
        *("fund", "account"),
    )
    synonyms = {
        "title": ("品名", "项目名称"),
        "decided_on": ("日期",),
        "amount": ("金额",),
        "region": ("地区", "产地"),
        "channel": ("渠道", "平台"),
    }

    def check_rows(self, rows: Sequence[Row]) -> None:
        """Leave to their own pages the purchases that were asked for here."""
        super().check_rows(rows)
        for row in rows:
            if row.status == Status.CHANGED and self._stored[row.pk][self._places["state"]] != ProcurementState.PAST:
                row.fault("title", "该采购在平台上办理，请在采购项目的页面上改动")
