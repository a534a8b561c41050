"""Writes to the register, as verbs."""

from members.services.assignments import assign_branch, end_assignment
from members.services.branches import (
    change_branch,
    dissolve_branch,
    found_branch,
    hold_role_for,
    merge_branch,
    union_name,
)
from members.services.memberships import admit, leave, record_death, resume, retire, transfer_in, transfer_out
from members.services.offices import elect, end_office, start_term
from members.services.people import (
    Details,
    add_kin,
    add_to_cohort,
    change_person,
    correct_reading,
    end_cohort,
    link_account,
    link_accounts,
    register_kin,
    register_person,
    remove_kin,
)
from members.services.summaries import record_summary

__all__ = [
    "Details",
    "add_kin",
    "add_to_cohort",
    "admit",
    "assign_branch",
    "change_branch",
    "change_person",
    "correct_reading",
    "dissolve_branch",
    "elect",
    "end_assignment",
    "end_cohort",
    "end_office",
    "found_branch",
    "hold_role_for",
    "leave",
    "link_account",
    "link_accounts",
    "merge_branch",
    "record_death",
    "record_summary",
    "register_kin",
    "register_person",
    "remove_kin",
    "resume",
    "retire",
    "start_term",
    "transfer_in",
    "transfer_out",
    "union_name",
]
