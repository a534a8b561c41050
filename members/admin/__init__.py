"""The register on the staff desk."""

from members.admin.branches import BranchAdmin, OfficeAdmin, TermAdmin
from members.admin.groups import CohortKindAdmin, SummaryRecordAdmin
from members.admin.people import PersonAdmin

__all__ = ["BranchAdmin", "CohortKindAdmin", "OfficeAdmin", "PersonAdmin", "SummaryRecordAdmin", "TermAdmin"]
