"""How many proposals and departments were honoured."""

from congress.awards.models import Award
from union_portal.base.figures.kind import Kind

KINDS = [
    Kind(
        "congress.awards",
        "提案表彰",
        unit="个",
        records=Award.objects.all(),
        day="awarded_on",
        part="kind",
        columns=("awarded_on", "kind", "proposal", "department", "grounds"),
        basis="表彰登记，按表彰日期计",
    )
]
