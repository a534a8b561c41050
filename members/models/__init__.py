"""People, dated memberships and branch assignments, the tree of branches, officers, kin and groups."""

from members.models.branches import Branch, BranchRole, Office, Term
from members.models.memberships import BranchAssignment, Cohort, CohortKind, Membership
from members.models.people import Kinship, Person
from members.models.summaries import SummaryRecord

__all__ = [
    "Branch",
    "BranchAssignment",
    "BranchRole",
    "Cohort",
    "CohortKind",
    "Kinship",
    "Membership",
    "Office",
    "Person",
    "SummaryRecord",
    "Term",
]
