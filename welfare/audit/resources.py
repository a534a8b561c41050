"""Audits of earlier years by list."""

from union_portal.base.importing.kinds import register_kind
from union_portal.base.importing.lists import ModelList
from welfare.audit.models import Audit


@register_kind
class AuditList(ModelList):
    model, name, key, order, cancelled_by = Audit, "audits", ("title",), 66, "cancel"
    fields_in_order = (
        *("title", "kind", "starts_on", "ends_on", "carried_out_by", "concluded_on", "opinion", "document", "state"),
    )
    synonyms = {"kind": ("审查类型",), "concluded_on": ("日期", "审查日期"), "opinion": ("意见", "结论")}
