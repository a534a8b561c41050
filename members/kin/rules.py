"""Who may see and record kin."""

from rules.permissions import add_perm

from members.kin.models import Kinship
from union_portal.accounts.rules import allow, carer, exporters, near, sees

allow("members.kinship", look=near & sees(Kinship), write=carer & sees(Kinship), add=carer, export=exporters & near)
add_perm("members.import_kinship", carer)
