"""How often members were offered something: `welfare.group_buys` by kind."""

from union_portal.base.figures.kind import Kind
from welfare.group_buys.models import GroupBuy

KINDS = [
    Kind(
        "welfare.group_buys",
        "惠民活动",
        unit="次",
        records=GroupBuy.objects.all(),
        day="held_on",
        part="kind",
        title="title",
        columns=("held_on", "title", "kind", "supplier", "buyers", "amount"),
    )
]
