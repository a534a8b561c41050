"""What was bought and how: `welfare.procurements` by method, `welfare.assistance` by channel and by region.

What a region's parts helped with counts for the region too.
"""

from typing import Any

from django.db.models import Q

from union_portal.base.figures.kind import Kind
from welfare.procurement.models import AidRegion, Procurement

_TOLD: dict[str, Any] = {
    "unit": "笔",
    "records": Procurement.objects.bought(),
    "day": "decided_on",
    "amount": "amount",
    "columns": ("decided_on", "title", "item", "supplier", "method", "region__name", "amount"),
}


def kinds_of_procurement() -> list[Kind]:
    """Return all purchases, those that help a region, and those of each region."""
    helps = ~Q(channel="")
    return [
        Kind("welfare.procurements", "采购", **_TOLD, part="method", title="title"),
        Kind("welfare.assistance", "消费帮扶", **_TOLD, where=helps, part="channel", sort="region", title="title"),
        *(
            Kind(
                f"welfare.assistance_of.{one.code}",
                f"消费帮扶{one.name}",
                **_TOLD,
                where=helps & (Q(region=one.pk) | Q(region__parent=one.pk)),
                inside=("welfare.assistance", *([f"welfare.assistance_of.{one.parent.code}"] if one.parent else [])),
            )
            for one in AidRegion.objects.select_related("parent")
        ),
    ]


KINDS = [kinds_of_procurement]
