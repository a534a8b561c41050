"""What is done to accounts: opening them, giving and ending roles, writing the access log."""

from union_portal.accounts.services.access import log_access, take_step, takes_two
from union_portal.accounts.services.beginning import open_portal
from union_portal.accounts.services.by_two import cancel, has_second_person
from union_portal.accounts.services.codes import ask_for_code, issue_code, issue_codes, redeem_code
from union_portal.accounts.services.people import (
    change_account,
    close_account,
    create_account,
    reopen_account,
    reset_second_factor,
)
from union_portal.accounts.services.requests import ask, confirm_request, take
from union_portal.accounts.services.roles import (
    assign_role,
    confirm_delegation,
    confirm_role,
    delegate,
    end_delegation,
    end_role,
)

__all__ = [
    "ask",
    "ask_for_code",
    "assign_role",
    "cancel",
    "change_account",
    "close_account",
    "confirm_delegation",
    "confirm_request",
    "confirm_role",
    "create_account",
    "delegate",
    "end_delegation",
    "end_role",
    "has_second_person",
    "issue_code",
    "issue_codes",
    "log_access",
    "open_portal",
    "redeem_code",
    "reopen_account",
    "reset_second_factor",
    "take",
    "take_step",
    "takes_two",
]
