"""The list of what was done to regulations."""

from congress.regulations.enums import RegulationAct
from congress.regulations.models import RegulationVersion
from union_portal.base.importing.checked import ChildList
from union_portal.base.importing.kinds import register_kind


@register_kind
class RegulationList(ChildList):
    model, name, key, order = RegulationVersion, "regulations", ("regulation", "act", "on"), 81
    fields_in_order = ("regulation", "act", "on", "number", "decided_by", "text")
    parent, about = "regulation", ("keeper",)
    synonyms = {
        "regulation": ("制度名称", "名称"),
        "act": ("动作", "制定修订", "方式"),
        "on": ("通过日期", "印发日期", "施行日期"),
        "decided_by": ("通过机构",),
        "text": ("全文",),
        "keeper": ("主管部门", "保管部门"),
    }
    words = {"act": {"新制定": RegulationAct.ADOPTED, "出台": RegulationAct.ADOPTED, "修改": RegulationAct.REVISED}}
