"""Who may see, enter and approve grants and answer warnings."""

from rules.permissions import add_perm

from union_portal.accounts.rules import sees
from union_portal.base.rules import allow
from welfare.books.rules import approvers, event_officers, money, posters, preparers, school, staff
from welfare.grants.models import Grant, Round

allow("welfare", "round", view=school & sees(Round), add=preparers)
allow("welfare", "rulewarning", view=school)
allow("welfare", "grant", view=staff & sees(Grant), add=event_officers)
add_perm("welfare.answer_warning", preparers | event_officers)
add_perm("welfare.confirm_warning", approvers)
add_perm("welfare.enter_grant", event_officers)
add_perm("welfare.approve_grant", approvers)
# Handed over, or given up: what moves money with it is refused to all but finance on the page.
add_perm("welfare.give_grant", money)
add_perm("welfare.post_recorded", posters)
