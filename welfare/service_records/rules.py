"""Who may see and record services."""

from union_portal.base.rules import allow
from welfare.books.rules import event_officers, school

allow("welfare", "servicekind", view=school, add=event_officers)
allow("welfare", "servicerecord", view=school, add=event_officers)
