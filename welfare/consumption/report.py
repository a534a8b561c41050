"""Plans of consumption assistance that were completed: `welfare.assistance_plans`, and by how much: `…_over`."""

from typing import Any

from django.db.models import Q

from union_portal.base.figures.kind import Kind
from welfare.consumption.models import AssistanceTarget
from welfare.consumption.services import with_reached

_DONE: dict[str, Any] = {
    "unit": "项",
    "records": with_reached(AssistanceTarget.objects.all()),
    "day": "completed_on",
    "columns": ("year", "title", "completed_on", "source", "fixed"),
}
_COMPLETED = Q(completed_on__isnull=False)
KINDS = [
    Kind("welfare.assistance_plans", "完成的消费帮扶计划", **_DONE, where=_COMPLETED, title="title"),
    Kind(
        *("welfare.assistance_over", "超额完成的消费帮扶计划"),
        **_DONE,
        where=_COMPLETED & Q(over__gt=0),
        amount="over",
        inside=("welfare.assistance_plans",),
    ),
]
