"""Who may see, enter and confirm what was approved on paper."""

from typing import Any

from rules.predicates import predicate

from union_portal.accounts.enums import Role
from union_portal.accounts.rules import has_role
from union_portal.base.rules import allow
from welfare.books.rules import approvers, event_officers, school


def _is_own(user: Any, paper: Any) -> bool:
    return paper is not None and paper.entered_by_id == user.pk


is_own = predicate(_is_own, name="is_own_paper")
allow(
    *("welfare", "paperapproval"),
    view=school,
    enter=event_officers | has_role(Role.FINANCE),
    # Whoever entered it is not offered the confirmation; the service refuses it in any case.
    confirm=approvers & ~is_own,
    reject=approvers,
)
