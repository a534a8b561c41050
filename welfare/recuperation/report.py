"""Batches, and who went with them."""

from django.db.models import Q

from union_portal.base.figures.kind import Kind
from welfare.recuperation.enums import ApplicationState, BatchState
from welfare.recuperation.models import RecuperationApplication, RecuperationBatch

KINDS = [
    Kind(
        *("welfare.recuperation_batches", "疗休养批次"),
        unit="期",
        records=RecuperationBatch.objects.filter(state=BatchState.CLOSED),
        day="starts_on",
        title="name",
        part="rule__scope",
        columns=("name", "destination", "starts_on", "ends_on", "price"),
        basis="已结束的疗休养批次，按出发日期计",
    ),
    Kind(
        *("welfare.recuperation_people", "参加疗休养"),
        unit="人次",
        records=RecuperationApplication.objects.all(),
        where=Q(state=ApplicationState.GONE),
        day="batch__starts_on",
        heads="person",
        amount="union_share",
        branch="branch",
        columns=("person__staff_number", "person__name", "batch__name", "batch__starts_on", "union_share", "own_share"),
        basis="疗休养报名中已参加的，按出发日期计；金额为工会负担",
    ),
]
