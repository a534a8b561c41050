"""Assets and their yearly counts by list."""

from union_portal.base.importing.kinds import register_kind
from union_portal.base.importing.lists import ModelList
from union_portal.base.importing.lookups import LOOKUPS
from welfare.assets.models import Asset, AssetCount

LOOKUPS[Asset] = ("number",)


@register_kind
class AssetList(ModelList):
    model, name, key, order = Asset, "assets", ("number",), 73
    synonyms = {"number": ("编号",), "name": ("资产名称",), "acquired_on": ("购置日期",), "amount": ("原值", "金额")}


@register_kind
class AssetCountList(ModelList):
    model, name, key, order = AssetCount, "asset_counts", ("asset", "year"), 74
    synonyms = {"asset": ("资产编号", "编号"), "year": ("年度",), "counted_on": ("日期",), "found": ("结果",)}
