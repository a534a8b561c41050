"""How many plans of consumption assistance were completed: `welfare.assistance_plans`."""

from django.db.models import Q

from union_portal.base.figures.kind import Kind
from welfare.consumption.models import AssistanceTarget

KINDS = [
    Kind(
        "welfare.assistance_plans",
        "完成的消费帮扶计划",
        unit="项",
        records=AssistanceTarget.objects.all(),
        where=Q(completed_on__isnull=False),
        day="completed_on",
        title="title",
        columns=("year", "title", "completed_on", "source"),
    )
]
