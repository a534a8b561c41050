"""What is done to accounts: opening them, giving and ending roles, writing the access log."""

from union_portal.accounts.services.access import log_access, take_step
from union_portal.accounts.services.codes import issue_code, issue_codes, redeem_code
from union_portal.accounts.services.people import change_account, close_account, create_account, reset_second_factor
from union_portal.accounts.services.roles import assign_role, confirm_role, delegate, end_delegation, end_role

__all__ = [
    "assign_role",
    "change_account",
    "close_account",
    "confirm_role",
    "create_account",
    "delegate",
    "end_delegation",
    "end_role",
    "issue_code",
    "issue_codes",
    "log_access",
    "redeem_code",
    "reset_second_factor",
    "take_step",
]
