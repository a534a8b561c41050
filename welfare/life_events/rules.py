"""Who may see life events; they are entered with the case they are answered by."""

from union_portal.base.rules import allow
from welfare.books.rules import preparers, school

allow("welfare", "lifeevent", view=school)
allow("welfare", "conditiongroup", view=school, add=preparers)
