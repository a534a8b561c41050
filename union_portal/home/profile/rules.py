"""Who may say what the union is called and how it signs."""

from union_portal.accounts.enums import Role
from union_portal.accounts.rules import has_role, is_administrator
from union_portal.base.rules import allow

allow("base", "unionprofile", view=is_administrator | has_role(Role.CHAIR), add=is_administrator | has_role(Role.CHAIR))
