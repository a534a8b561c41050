"""Who may see, enter and approve grants and answer warnings."""

from typing import Any

from rules.permissions import add_perm
from rules.predicates import predicate

from union_portal.accounts.rules import is_branch_chair, sees
from union_portal.base.rules import allow
from welfare.books.rules import approvers, event_officers, money, posters, preparers, school, staff
from welfare.grants.models import Grant, Round


def _entered(user: Any, grant: Any) -> bool:
    return grant is None or grant.prepared_by_id == user.pk


# A branch chair reports a case of the own branch and may fill it in anew until the welfare officer has put it forward.
_reporter = is_branch_chair & predicate(_entered, name="entered_it") & sees(Grant)
allow("welfare", "round", view=school & sees(Round), add=preparers)
allow("welfare", "rulewarning", view=school)
allow(
    *("welfare", "grant"),
    view=staff & sees(Grant),
    add=event_officers | is_branch_chair,
    change=event_officers,
    import_=event_officers,
    amend=event_officers | _reporter,
    send_back=event_officers | approvers,
)
add_perm("welfare.answer_warning", preparers | event_officers)
add_perm("welfare.confirm_warning", approvers)
add_perm("welfare.enter_grant", event_officers)
add_perm("welfare.approve_grant", approvers)
# Handed over, or given up: what moves money with it is refused to all but finance on the page.
add_perm("welfare.give_grant", money)
add_perm("welfare.post_recorded", posters)
