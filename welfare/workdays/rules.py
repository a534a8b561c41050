"""Who may see and keep the calendar of working days."""

from union_portal.base.rules import allow
from welfare.books.rules import preparers, school

allow("welfare", "workday", view=school, add=preparers)
