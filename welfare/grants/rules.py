"""Who may see, enter and approve grants and answer warnings."""

from typing import Any

from rules.permissions import add_perm
from rules.predicates import predicate

from union_portal.accounts.rules import is_branch_chair, sees
from union_portal.base.rules import allow
from welfare.books.rules import approvers, event_officers, money, posters, preparers, school, staff
from welfare.grants.enums import GrantState
from welfare.grants.models import Grant, Round


def _entered(user: Any, grant: Any) -> bool:
    return grant is None or grant.prepared_by_id == user.pk


def _own(user: Any, grant: Any) -> bool:
    return grant is None or (_entered(user, grant) and grant.person.user_id == user.pk)


def _applied(_user: Any, grant: Any) -> bool:
    return grant is None or grant.state == GrantState.APPLIED


# A member fills in anew what he asked for himself; the own branch's chair looks at it first.
_applicant = predicate(_own, name="asked_for_it")
_branch = is_branch_chair & sees(Grant)
# A branch chair reports a case of the own branch and may fill it in anew until the welfare officer has put it forward.
_reporter = _branch & predicate(_entered, name="entered_it")
allow("welfare", "round", view=school & sees(Round), add=preparers)
allow("welfare", "rulewarning", view=school)
allow(
    *("welfare", "grant"),
    view=staff & sees(Grant),
    add=event_officers | is_branch_chair,
    change=event_officers,
    import_=event_officers,
    amend=event_officers | _reporter,
    apply=_applicant,
    confirm=_branch,
    send_back=event_officers | approvers | (_branch & predicate(_applied, name="applied")),
)
add_perm("welfare.answer_warning", preparers | event_officers)
add_perm("welfare.confirm_warning", approvers)
add_perm("welfare.enter_grant", event_officers)
add_perm("welfare.approve_grant", approvers)
# Handed over, or given up: what moves money with it is refused to all but finance on the page.
add_perm("welfare.give_grant", money)
add_perm("welfare.post_recorded", posters)
