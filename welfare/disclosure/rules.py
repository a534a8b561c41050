"""Who sees notices and keeps them."""

from union_portal.base.rules import allow
from welfare.books.rules import event_officers, nobody, school

allow("welfare", "disclosure", view=school, add=nobody, change=event_officers, import_=None)
allow("welfare", "objection", view=event_officers, add=event_officers, import_=None)
