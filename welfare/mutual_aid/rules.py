"""Who may see and keep plans and covers."""

from rules.permissions import add_perm

from union_portal.accounts.rules import allow, sees
from welfare.books.rules import approvers, preparers, school, staff
from welfare.mutual_aid.models import Cover

allow("welfare.mutualaidplan", look=school, write=preparers)
allow("welfare.cover", look=staff & sees(Cover), write=preparers)
add_perm("welfare.import_cover", preparers)
add_perm("welfare.post_premium", approvers)
