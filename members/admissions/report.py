"""How many asked to join."""

from members.admissions.models import Admission
from union_portal.base.figures.kind import Kind

KINDS = [
    Kind(
        "members.admissions",
        "入会申请",
        unit="份",
        records=Admission.objects.all(),
        day="applied_on",
        heads="person",
        part="state",
        branch="branch",
        columns=("person__staff_number", "person__name", "applied_on", "branch__name", "state"),
    )
]
