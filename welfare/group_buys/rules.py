"""Who may see and record group buys."""

from union_portal.base.rules import allow
from welfare.books.rules import event_officers, school

allow("welfare", "groupbuy", view=school, add=event_officers)
