"""Which departments stand assigned, and who leads."""

from typing import Any

from congress.departments.models import Department
from congress.handling.enums import Duty
from congress.handling.models import Assignment
from congress.proposals.models import Proposal
from union_portal.base.errors import Conflict


def standing_assignments(**which: Any) -> Any:
    rows: Any = Assignment.objects.all()
    return rows.living().filter(**which)


def lead_of(proposal: Proposal) -> Assignment | None:
    found: Assignment | None = (
        standing_assignments(proposal=proposal, duty=Duty.LEAD).select_related("department").first()
    )
    return found


def require_lead(held: Proposal, *, department: Department) -> Assignment:
    """Return the department's lead assignment; raise Conflict when another leads meanwhile."""
    lead = lead_of(held)
    if lead is None or lead.department_id != department.pk:
        raise Conflict(
            "提案 {proposal} 现由{department}主办，由其答复。您写的内容保留在下方，可作为协办意见填写。".format(
                proposal=held.number, department=lead.department if lead else "—"
            )
        )
    return lead
