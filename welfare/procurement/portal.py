"""Purchases on the desk: one may be asked for, and what waits for a second person or for its goods is told."""

from collections.abc import Iterator
from functools import partial

from django.db.models import QuerySet
from django.urls import reverse

from union_portal.accounts.models import User
from union_portal.base.portal import Contribution, DeskItem, Place, contribute
from union_portal.base.prepared import totals
from welfare.procurement.enums import ProcurementState
from welfare.procurement.models import Procurement

_TOLD = {
    ProcurementState.ASKED: ("welfare.approve_procurement", "待批准的采购", "核对报价和材料，批准或不予批准。"),
    ProcurementState.APPROVED: ("welfare.add_procurement", "待验收的采购", "到货后登记验收和实收数量。"),
}


def _waiting(states: list[ProcurementState], account: User) -> "dict[str, tuple[QuerySet[Procurement], str]]":
    """Return the purchases in these states; nobody approves what he asked for."""
    found = {state: Procurement.objects.filter(state=state) for state in states}
    return {
        str(state): (rows.exclude(asked_by=account.pk) if state == ProcurementState.ASKED else rows, "")
        for state, rows in found.items()
    }


def desk_items(user: User) -> Iterator[DeskItem]:
    """Yield how many purchases wait in each state that the account can bring on."""
    states = [state for state, (permission, *_words) in _TOLD.items() if user.has_perm(permission)]
    if not states:
        return
    for state, (count, _day) in totals(user, ("purchases", *states), partial(_waiting, states)).items():
        if count:
            _permission, title, detail = _TOLD[ProcurementState(state)]
            address = f"{reverse('admin:welfare_procurement_changelist')}?state__exact={state}"
            yield DeskItem(title=title, detail=detail, address=address, count=count, unit="笔")


_NEW = Place("money", "申请采购", "admin:welfare_procurement_add", "welfare.add_procurement", "shopping_cart")
contribute(Contribution(desk_items=desk_items, creates=(_NEW,)))
