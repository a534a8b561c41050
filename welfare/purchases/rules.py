"""Who may see what was bought."""

from union_portal.base.rules import allow
from welfare.books.rules import school

allow("welfare", "purchase", view=school)
