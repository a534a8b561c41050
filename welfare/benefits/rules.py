"""Who may see and set benefits, their standards and occasions."""

from union_portal.base.rules import allow
from welfare.books.rules import preparers, school

allow("welfare", "benefit", view=school, add=preparers)
allow("welfare", "benefitrule", view=school, add=preparers)
allow("welfare", "occasion", view=school, add=preparers)
