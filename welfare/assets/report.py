"""What assets there are and are worth, and how many a count found as registered."""

from union_portal.base.figures.kind import Kind, Ratio
from welfare.assets.models import Asset, AssetCount

_FOUND = "welfare.asset_counts"
KINDS = [
    Kind(
        "welfare.assets",
        "固定资产",
        unit="件",
        records=Asset.objects.all(),
        day="acquired_on",
        until="disposed_on",
        part="kind",
        amount="amount",
    ),
    Kind(
        _FOUND,
        "盘点固定资产",
        unit="件",
        records=AssetCount.objects.all(),
        day="counted_on",
        part="found",
    ),
    Ratio("welfare.asset_match", "账实相符率", above=(f"{_FOUND}.matches",), below=(_FOUND,), basis="盘点记录"),
]
