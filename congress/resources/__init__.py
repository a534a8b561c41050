"""What can be imported into the congress; importing a module registers its kinds."""

from congress.resources.proposals import ProposalResource
from congress.resources.records import (
    InspectionResource,
    MeetingResource,
    RegulationResource,
    SuggestionDriveResource,
)

__all__ = [
    "InspectionResource",
    "MeetingResource",
    "ProposalResource",
    "RegulationResource",
    "SuggestionDriveResource",
]
