"""Who may ask for a posting, and who approves it."""

from union_portal.accounts.enums import Role
from union_portal.accounts.rules import has_role
from union_portal.base.rules import allow
from welfare.books.rules import bookkeepers, school

allow("welfare", "postingrequest", view=school, enter=has_role(Role.FINANCE), approve=bookkeepers)
