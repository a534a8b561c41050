"""How often the union helped to claim, and what the insurers paid."""

from union_portal.base.figures.kind import Kind
from welfare.claims.models import Claim

_COLUMNS = ("person__staff_number", "person__name", "plan__name", "occurred_on", "applied_on", "paid_on", "paid_amount")
KINDS = [
    Kind(
        "welfare.claims",
        "互助保障理赔申请",
        unit="人次",
        records=Claim.objects.claimed(),
        day="applied_on",
        heads="person",
        columns=_COLUMNS,
        sort="plan__name",
        branch="branch",
        sensitive=True,
    ),
    Kind(
        "welfare.claims_paid",
        "互助保障获赔",
        unit="人次",
        records=Claim.objects.paid(),
        day="paid_on",
        heads="person",
        amount="paid_amount",
        columns=_COLUMNS,
        sort="plan__name",
        branch="branch",
        sensitive=True,
    ),
]
