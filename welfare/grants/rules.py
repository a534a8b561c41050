"""Who may see, enter and approve grants and answer warnings."""

from rules.permissions import add_perm

from union_portal.accounts.rules import allow, sees
from welfare.books.rules import approvers, event_officers, nobody, preparers, school, staff
from welfare.grants.models import Grant, Round

allow("welfare.round", look=school & sees(Round), write=preparers)
allow("welfare.rulewarning", look=school, write=nobody)
allow("welfare.grant", look=staff & sees(Grant), write=event_officers)
add_perm("welfare.answer_warning", preparers | event_officers)
add_perm("welfare.confirm_warning", approvers)
add_perm("welfare.enter_grant", event_officers)
add_perm("welfare.approve_grant", approvers)
