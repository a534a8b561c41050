"""Who may see and keep the targets."""

from union_portal.base.rules import allow
from welfare.books.rules import preparers, school

allow("welfare", "assistancetarget", view=school, add=preparers)
