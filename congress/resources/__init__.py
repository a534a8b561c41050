"""What can be imported into the congress; importing a module registers its kinds."""

from congress.resources.delegates import DelegateResource
from congress.resources.proposals import ProposalResource
from congress.resources.records import (
    InspectionResource,
    MeetingResource,
    RegulationResource,
    SuggestionDriveResource,
)
from congress.resources.sessions import AgendaResource, SessionResource
from congress.resources.terms import CongressResource, DepartmentResource
from congress.resources.voices import CommitteeMemberResource, SuggestionResource

__all__ = [
    "AgendaResource",
    "CommitteeMemberResource",
    "CongressResource",
    "DelegateResource",
    "DepartmentResource",
    "InspectionResource",
    "MeetingResource",
    "ProposalResource",
    "RegulationResource",
    "SessionResource",
    "SuggestionDriveResource",
    "SuggestionResource",
]
