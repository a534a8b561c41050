"""Who may see what the funds hold."""

from union_portal.base.rules import allow
from welfare.books.rules import school

allow("welfare", "fundbalance", view=school)
