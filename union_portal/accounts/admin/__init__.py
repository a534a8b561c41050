"""Accounts, roles, delegations and the access log on the staff desk."""

from union_portal.accounts.admin.access import AccessEntryAdmin
from union_portal.accounts.admin.accounts import AccountRequestAdmin, UserAdmin
from union_portal.accounts.admin.roles import DelegationAdmin, RoleAssignmentAdmin

__all__ = ["AccessEntryAdmin", "AccountRequestAdmin", "DelegationAdmin", "RoleAssignmentAdmin", "UserAdmin"]
