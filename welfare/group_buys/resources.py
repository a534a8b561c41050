"""Group buys by list."""

from union_portal.base.importing.kinds import register_kind
from union_portal.base.importing.lists import ModelList
from welfare.group_buys.models import GroupBuy


@register_kind
class GroupBuyList(ModelList):
    model, name, key, order = GroupBuy, "group_buys", ("title", "held_on"), 59
    synonyms = {"title": ("活动名称", "团购名称"), "held_on": ("时间",), "amount": ("金额",), "buyers": ("人数",)}
