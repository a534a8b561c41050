"""Visits by list."""

from union_portal.base.importing.fields import Computed
from union_portal.base.importing.kinds import register_kind
from union_portal.base.importing.lists import ModelList
from union_portal.base.importing.singly import singly
from welfare.payouts.enums import PayoutState
from welfare.visits.models import Visit, VisitKind


@register_kind
class VisitKindList(ModelList):
    model, name, key, order = VisitKind, "visit_kinds", ("code",), 45


@register_kind
class VisitList(ModelList):
    model, name, order, service = Visit, "visits", 66, singly(Visit, actor_field="asked_by")
    cancelled_by = "annul"
    key = ("kind", "visited_on", "person", "whom")
    fields_in_order = (*key, "branch", "occasion", "visitors", "place", "gift", "amount", "apart")
    synonyms = {
        "kind": ("类别", "走访对象类别"),
        "visited_on": ("日期", "慰问日期"),
        "person": ("工号",),
        "whom": ("家属", "集体", "单位"),
        "branch": ("分工会",),
        "occasion": ("节日",),
        "visitors": ("慰问人",),
        "gift": ("物品", "慰问物品"),
        "amount": ("金额", "慰问金"),
    }
    computed = (Computed(("state",), ("amount",), lambda yuan: (PayoutState.ASKED if yuan else PayoutState.NOTHING,)),)
    help = "带去的慰问已有慰问记录的不填金额；填了金额的待另一人批准后记账。"
