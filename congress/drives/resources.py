"""The school's own categories of proposals, by list."""

from congress.drives.models import ProposalCategory
from union_portal.base.importing.kinds import register_kind
from union_portal.base.importing.lists import ModelList


@register_kind
class ProposalCategoryList(ModelList):
    model, name, key, order = ProposalCategory, "proposal_categories", ("name",), 75
    fields_in_order = ("name", "code", "position", "in_use")
    synonyms = {"name": ("提案类别", "类别", "类别名称"), "code": ("代码", "编号"), "in_use": ("是否使用",)}
