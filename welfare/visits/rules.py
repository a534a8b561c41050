"""Who may see and enter visits: the welfare office, and a branch's chair for the own branch."""

from union_portal.accounts.rules import is_branch_chair, sees
from union_portal.base.rules import allow
from welfare.books.rules import approvers, event_officers, staff
from welfare.visits.models import Visit

_visitors = event_officers | is_branch_chair
allow("welfare", "visitkind", view=staff, add=event_officers)
allow("welfare", "visit", view=staff & sees(Visit), add=_visitors, import_=event_officers, approve=approvers)
