"""What members paid in dues: `members.dues`, by the month that it was for."""

from django.db.models import Q

from members.dues.models import DuesLine
from union_portal.base.figures.kind import Kind

KINDS = [
    Kind(
        "members.dues",
        "缴纳会费",
        unit="人次",
        records=DuesLine.objects.all(),
        where=Q(paid__gt=0),
        day="month",
        heads="person",
        amount="paid",
        columns=("month", "person__staff_number", "person__name", "paid"),
        sensitive=True,
    )
]
