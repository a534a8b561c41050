"""What the congress keeps."""

from congress.models.agenda import AgendaItem, Resolution, SessionDocument
from congress.models.awards import Award
from congress.models.bodies import Congress, Delegate, Delegation, UnitElection
from congress.models.committees import (
    Committee,
    CommitteeSeat,
    Meeting,
    Regulation,
    RegulationVersion,
    ReviewedDocument,
)
from congress.models.departments import Department, DepartmentPost
from congress.models.drives import ProposalCategory, ProposalDrive
from congress.models.handling import (
    Assignment,
    DepartmentNote,
    Extension,
    FollowUp,
    Opinion,
    Rating,
    Reminder,
    Reply,
    ReplyMove,
)
from congress.models.papers import ProposalReport
from congress.models.proposals import Proposal, ProposalMove, Review, Seconding
from congress.models.sessions import CredentialsReport, PresidiumMember, RollEntry, Session, Sitting, SittingMove
from congress.models.suggestions import Suggestion, SuggestionDrive, SuggestionGroup, SuggestionMove
from congress.models.surveys import Appraisal, Survey, SurveyMove, SurveyQuestion, SurveySheet, SurveyTicket
from congress.models.voices import Finding, FindingMove, Inspection, Petition, PetitionMove
from congress.models.voting import Ballot, BallotMove, Candidate, CountingSheet, Election, ElectionMove

__all__ = [
    "AgendaItem",
    "Appraisal",
    "Assignment",
    "Award",
    "Ballot",
    "BallotMove",
    "Candidate",
    "Committee",
    "CommitteeSeat",
    "Congress",
    "CountingSheet",
    "CredentialsReport",
    "Delegate",
    "Delegation",
    "Department",
    "DepartmentNote",
    "DepartmentPost",
    "Election",
    "ElectionMove",
    "Extension",
    "Finding",
    "FindingMove",
    "FollowUp",
    "Inspection",
    "Meeting",
    "Opinion",
    "Petition",
    "PetitionMove",
    "PresidiumMember",
    "Proposal",
    "ProposalCategory",
    "ProposalDrive",
    "ProposalMove",
    "ProposalReport",
    "Rating",
    "Regulation",
    "RegulationVersion",
    "Reminder",
    "Reply",
    "ReplyMove",
    "Resolution",
    "Review",
    "ReviewedDocument",
    "RollEntry",
    "Seconding",
    "Session",
    "SessionDocument",
    "Sitting",
    "SittingMove",
    "Suggestion",
    "SuggestionDrive",
    "SuggestionGroup",
    "SuggestionMove",
    "Survey",
    "SurveyMove",
    "SurveyQuestion",
    "SurveySheet",
    "SurveyTicket",
    "UnitElection",
]
