"""Who may see and record kin."""

from members.kin.models import Kinship
from union_portal.accounts.rules import carer, exporters, near, sees
from union_portal.base.rules import allow

allow("members", "kinship", view=near & sees(Kinship), add=carer, change=carer & sees(Kinship), export=exporters & near)
