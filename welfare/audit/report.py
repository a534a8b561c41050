"""The figures of audits and what they found."""

from union_portal.base.figures.kind import Kind
from welfare.audit.enums import AuditState, FindingState
from welfare.audit.models import Audit, AuditFinding

KINDS = [
    Kind(
        "welfare.audits",
        "经费审查",
        unit="次",
        records=Audit.objects.filter(state=AuditState.CONCLUDED),
        day="concluded_on",
        part="kind",
        title="title",
        columns=("concluded_on", "title", "kind", "starts_on", "ends_on", "carried_out_by"),
    ),
    Kind(
        "welfare.audit_findings",
        "审查问题",
        unit="条",
        records=AuditFinding.objects.exclude(state=FindingState.WITHDRAWN),
        day="found_on",
        part="state",
        amount="amount",
        columns=("found_on", "text", "asked_of", "state", "amount"),
    ),
]
