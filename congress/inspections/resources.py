"""The list of inspections."""

from congress.inspections.models import Inspection
from union_portal.base.importing.kinds import register_kind
from union_portal.base.importing.lists import ModelList, column_of
from union_portal.base.spreadsheets.ordinals import Ordinal


@register_kind
class InspectionList(ModelList):
    model, name, key, order = Inspection, "inspections", ("title", "held_on"), 83
    fields_in_order = ("title", "held_on", "number", "places", "heads", "summary")
    extra = (column_of(Inspection, "number", "次数 第几次", parser=Ordinal()),)
    synonyms = {
        "title": ("名称", "主题"),
        "held_on": ("日期", "开展日期", "举行日期"),
        "places": ("地点", "被巡视单位"),
        "heads": ("人数",),
        "summary": ("情况", "发现与整改", "摘要"),
    }
