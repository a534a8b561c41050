"""Who may see and keep plans and covers."""

from rules.permissions import add_perm

from union_portal.accounts.rules import sees
from union_portal.base.rules import allow
from welfare.books.rules import posters, preparers, school, staff
from welfare.mutual_aid.models import Cover

allow("welfare", "mutualaidplan", view=school, add=preparers)
allow("welfare", "cover", view=staff & sees(Cover), add=preparers)
add_perm("welfare.post_premium", posters)
