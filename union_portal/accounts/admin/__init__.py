"""Accounts, roles, delegations and the access log on the staff desk."""

from union_portal.accounts.admin.access import AccessEntryAdmin
from union_portal.accounts.admin.accounts import UserAdmin
from union_portal.accounts.admin.roles import DelegationAdmin, RoleAssignmentAdmin

__all__ = ["AccessEntryAdmin", "DelegationAdmin", "RoleAssignmentAdmin", "UserAdmin"]
