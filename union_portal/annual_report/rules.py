"""Who may do what with reports."""

from typing import Any

from rules.permissions import add_perm
from rules.predicates import predicate

from union_portal.accounts.enums import SCHOOL_ROLES, Role

_WRITERS = SCHOOL_ROLES - {Role.FINANCE, Role.AUDIT}


def _has_role(*roles: Role) -> Any:
    def check(user: Any) -> bool:
        return bool(user.is_authenticated and user.has_role(*roles))

    return predicate(check, name="has_role:" + "|".join(sorted(roles)))


reads_reports = _has_role(*SCHOOL_ROLES)
writes_reports = _has_role(*_WRITERS)
# Only the chair freezes, or the vice chair by office or delegation.
freezes_reports = _has_role(Role.CHAIR, Role.VICE_CHAIR)

for _model in ("annualreport", "outline", "outlinechapter", "outlineline"):
    add_perm(f"annual_report.view_{_model}", reads_reports)
    add_perm(f"annual_report.add_{_model}", writes_reports)
    add_perm(f"annual_report.change_{_model}", writes_reports)
add_perm("annual_report.freeze_annualreport", freezes_reports)
