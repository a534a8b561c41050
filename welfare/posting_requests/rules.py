"""Who may ask for a posting, and who approves it."""

from typing import Any

from rules.predicates import predicate

from union_portal.accounts.enums import Role
from union_portal.accounts.rules import has_role
from union_portal.base.rules import allow
from welfare.books.rules import bookkeepers, school


def _is_own(user: Any, request: Any) -> bool:
    return request is not None and request.requested_by_id == user.pk


is_own = predicate(_is_own, name="is_own_request")
# Whoever asked is not offered the decision; the service refuses it in any case.
allow("welfare", "postingrequest", view=school, enter=has_role(Role.FINANCE), approve=bookkeepers & ~is_own)
