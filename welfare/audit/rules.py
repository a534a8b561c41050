"""Who may look over what departs from the ordinary way, raise a finding, answer it and judge the answer."""

from typing import Any

from rules.permissions import add_perm
from rules.predicates import predicate

from union_portal.accounts.enums import Role
from union_portal.accounts.rules import has_role
from union_portal.base.rules import allow
from welfare.audit.enums import ANSWERING
from welfare.books.rules import bookkeepers, preparers, school

_auditors = has_role(Role.AUDIT)


def _is_asked(user: Any, finding: Any) -> bool:
    asked = ANSWERING if finding is None else (Role(finding.asked_of),)
    return bool(user.has_role(*asked))


add_perm("welfare.look_over", has_role(Role.AUDIT, Role.CHAIR, Role.VICE_CHAIR))
# A list of past ones is the welfare officer's, who brings the other lists too.
allow("welfare", "audit", view=school, add=_auditors, import_=preparers)
allow(
    *("welfare", "auditfinding"),
    view=school,
    add=_auditors,
    answer=predicate(_is_asked, name="is_asked"),
    conclude=_auditors,
)
allow("welfare", "duestopup", view=school, add=bookkeepers)
