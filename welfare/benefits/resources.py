"""The school's own catalogue of benefits, by list."""

from union_portal.base.importing.kinds import register_kind
from union_portal.base.importing.lists import ModelList
from welfare.benefits.models import Benefit


@register_kind
class BenefitList(ModelList):
    model, name, key, order = Benefit, "benefits", ("name",), 45
    fields_in_order = (
        "name",
        "code",
        "category",
        "form",
        "event_kind",
        "account",
        "unit",
        "non_members",
        "active",
        "note",
    )
    synonyms = {
        "name": ("福利项目", "项目名称", "慰问项目"),
        "code": ("代码", "编号"),
        "form": ("发放形式",),
        "non_members": ("非会员适用",),
        "active": ("是否启用",),
    }
