"""Who may see what was bought."""

from union_portal.accounts.rules import allow
from welfare.books.rules import nobody, school

allow("welfare.purchase", look=school, write=nobody)
