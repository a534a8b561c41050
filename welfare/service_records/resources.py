"""Services by list: a row is an event, or one member who was helped."""

from collections.abc import Sequence

from union_portal.base.importing.kinds import register_kind
from union_portal.base.importing.lists import ModelList
from union_portal.base.importing.rows import Row
from welfare.service_records.models import ServiceKind, ServiceRecord


@register_kind
class ServiceKindList(ModelList):
    model, name, key, order = ServiceKind, "service_kinds", ("code",), 44


@register_kind
class ServiceList(ModelList):
    model, name, order = ServiceRecord, "service_records", 57
    key = ("title", "kind", "held_on", "stage", "whom")
    synonyms = {
        "title": ("名称", "主题", "项目"),
        "kind": ("类别",),
        "held_on": ("时间", "办理日期", "举办日期"),
        "stage": ("阶段", "学段"),
        "person": ("工号", "教职工工号"),
        "served": ("人数", "参加人数"),
        "partner": ("合作方",),
        "amount": ("金额", "费用"),
        "result": ("结果", "情况"),
    }

    def load_current(self, rows: Sequence[Row]) -> None:
        """Whoever is named by the staff number alone goes by it."""
        for row in rows:
            if row.values.get("person") and not row.values.get("whom"):
                row.values["whom"] = self.parsers["person"].show(row.values["person"])
        super().load_current(rows)
