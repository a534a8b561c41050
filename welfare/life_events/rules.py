"""Who may see and record life events."""

from union_portal.accounts.rules import allow
from welfare.books.rules import event_officers, school

allow("welfare.lifeevent", look=school, write=event_officers)
