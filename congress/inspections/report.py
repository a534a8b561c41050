"""How often delegates went and looked."""

from congress.inspections.models import Inspection
from union_portal.base.figures.kind import Kind

KINDS = [
    Kind(
        "congress.inspections",
        "代表巡视次数",
        unit="次",
        records=Inspection.objects.all(),
        day="held_on",
        title="title",
        columns=("held_on", "title", "places", "heads"),
        basis="代表巡视登记，按开展日期计",
    )
]
