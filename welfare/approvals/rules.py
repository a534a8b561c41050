"""Who may see, enter and confirm what was approved on paper."""

from union_portal.accounts.enums import Role
from union_portal.accounts.rules import has_role
from union_portal.base.rules import allow
from welfare.books.rules import approvers, event_officers, school

allow("welfare", "paperapproval", view=school, enter=event_officers | has_role(Role.FINANCE), confirm=approvers)
