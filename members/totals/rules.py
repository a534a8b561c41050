"""Who may see and enter totals."""

from members.totals.models import SummaryRecord
from union_portal.accounts.rules import counters, exporters, school, sees
from union_portal.base.rules import allow

allow(
    "members",
    "summaryrecord",
    view=school & sees(SummaryRecord),
    add=counters,
    change=counters & sees(SummaryRecord),
    export=exporters & school,
)
