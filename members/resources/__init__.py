"""What can be imported into the register and exported from it."""

from members.resources.branches import BranchResource, OfficeResource
from members.resources.groups import CohortResource, KinshipResource
from members.resources.memberships import MembershipResource
from members.resources.people import PeopleResource
from members.resources.summaries import SummaryResource

__all__ = [
    "BranchResource",
    "CohortResource",
    "KinshipResource",
    "MembershipResource",
    "OfficeResource",
    "PeopleResource",
    "SummaryResource",
]
