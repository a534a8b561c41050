"""A year's holidays by list, as the State Council announces them."""

from union_portal.base.importing.kinds import register_kind
from union_portal.base.importing.lists import ModelList
from welfare.workdays.models import Workday


@register_kind
class WorkdayList(ModelList):
    model, name, key, order = Workday, "workdays", ("day",), 44
    synonyms = {
        "day": ("放假日期",),
        "works": ("是否上班", "调休上班"),
        "name": ("名称", "节假日"),
        "source": ("依据",),
    }
