"""Who may see and enter totals."""

from rules.permissions import add_perm

from members.totals.models import SummaryRecord
from union_portal.accounts.rules import allow, counters, exporters, school, sees

allow(
    "members.summaryrecord",
    look=school & sees(SummaryRecord),
    write=counters & sees(SummaryRecord),
    add=counters,
    export=exporters & school,
)
add_perm("members.import_summaryrecord", counters)
