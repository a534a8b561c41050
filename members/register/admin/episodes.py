"""The dated rows of every room below a person."""

from members.branches.admin import AssignmentInline, OfficeInline
from members.cohorts.admin import CohortInline
from members.kin.admin import KinInline
from members.memberships.admin import MembershipInline

PERSON_INLINES = (MembershipInline, AssignmentInline, OfficeInline, CohortInline, KinInline)
