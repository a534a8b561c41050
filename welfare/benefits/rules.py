"""Who may see and set benefits, their standards and occasions."""

from union_portal.accounts.rules import allow
from welfare.books.rules import preparers, school

allow("welfare.benefit", look=school, write=preparers)
allow("welfare.benefitrule", look=school, write=preparers)
allow("welfare.occasion", look=school, write=preparers)
