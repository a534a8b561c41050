"""People who sign in, what they may do and from when to when, and the log of what they looked at."""

from union_portal.accounts.models.access import AccessEntry
from union_portal.accounts.models.by_two import ByTwo
from union_portal.accounts.models.requests import AccountRequest
from union_portal.accounts.models.roles import Delegation, RoleAssignment
from union_portal.accounts.models.user import OneTimeCode, User

__all__ = ["AccessEntry", "AccountRequest", "ByTwo", "Delegation", "OneTimeCode", "RoleAssignment", "User"]
