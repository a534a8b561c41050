"""Who may see special groups and place people in them."""

from rules.permissions import add_perm

from members.cohorts.models import Cohort
from union_portal.accounts.rules import allow, carer, exporters, keeper, school, sees, staff

allow("members.cohort", look=staff & sees(Cohort), write=carer & sees(Cohort), add=carer, export=exporters & staff)
add_perm("members.import_cohort", carer)
add_perm("members.view_cohortkind", school)
add_perm("members.change_cohortkind", keeper)
add_perm("members.add_cohortkind", keeper)
