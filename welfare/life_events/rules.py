"""Who may see and record life events."""

from union_portal.base.rules import allow
from welfare.books.rules import event_officers, school

allow("welfare", "lifeevent", view=school, add=event_officers)
