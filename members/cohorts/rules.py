"""Who may see special groups and place people in them."""

from members.cohorts.models import Cohort
from union_portal.accounts.rules import carer, exporters, keeper, school, sees, staff
from union_portal.base.rules import allow

allow("members", "cohort", view=staff & sees(Cohort), add=carer, change=carer & sees(Cohort), export=exporters & staff)
allow("members", "cohortkind", view=school, add=keeper)
