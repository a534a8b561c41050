"""Who keeps the reasons for which a case comes back."""

from union_portal.base.rules import allow
from welfare.books.rules import preparers, school

allow("welfare", "returnreason", view=school, add=preparers)
