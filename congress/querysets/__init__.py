"""Reads of the congress in business words; every listed model answers `visible_to(user)`."""

from congress.querysets.account import ProposalReportQuerySet, with_account
from congress.querysets.bodies import (
    CommitteeQuerySet,
    CommitteeSeatQuerySet,
    CongressQuerySet,
    DelegateQuerySet,
    DepartmentPostQuerySet,
    DepartmentQuerySet,
    OfCongressQuerySet,
    OfficeListQuerySet,
    in_force,
    sees_school,
)
from congress.querysets.proposals import (
    AssignmentQuerySet,
    DriveQuerySet,
    FollowUpQuerySet,
    PetitionQuerySet,
    ProposalQuerySet,
    SecondingQuerySet,
    SuggestionDriveQuerySet,
    SuggestionQuerySet,
    reads_all,
)
from congress.querysets.sessions import (
    AgendaQuerySet,
    OfSessionQuerySet,
    OfSittingQuerySet,
    RollQuerySet,
    SessionQuerySet,
    SittingQuerySet,
    SurveyQuerySet,
)
from congress.querysets.voices import RegulationQuerySet

__all__ = [
    "AgendaQuerySet",
    "AssignmentQuerySet",
    "CommitteeQuerySet",
    "CommitteeSeatQuerySet",
    "CongressQuerySet",
    "DelegateQuerySet",
    "DepartmentPostQuerySet",
    "DepartmentQuerySet",
    "DriveQuerySet",
    "FollowUpQuerySet",
    "OfCongressQuerySet",
    "OfSessionQuerySet",
    "OfSittingQuerySet",
    "OfficeListQuerySet",
    "PetitionQuerySet",
    "ProposalQuerySet",
    "ProposalReportQuerySet",
    "RegulationQuerySet",
    "RollQuerySet",
    "SecondingQuerySet",
    "SessionQuerySet",
    "SittingQuerySet",
    "SuggestionDriveQuerySet",
    "SuggestionQuerySet",
    "SurveyQuerySet",
    "in_force",
    "reads_all",
    "sees_school",
    "with_account",
]
