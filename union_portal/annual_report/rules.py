"""Who may do what with reports."""

from rules.permissions import add_perm

from union_portal.accounts.enums import SCHOOL_ROLES, Role
from union_portal.accounts.rules import has_role

_WRITERS = SCHOOL_ROLES - {Role.FINANCE, Role.AUDIT}


reads_reports = has_role(*SCHOOL_ROLES)
writes_reports = has_role(*_WRITERS)
# Only the chair freezes, or the vice chair by office or delegation.
freezes_reports = has_role(Role.CHAIR, Role.VICE_CHAIR)

for _model in ("annualreport", "outline", "outlinechapter", "outlineline"):
    add_perm(f"annual_report.view_{_model}", reads_reports)
    add_perm(f"annual_report.add_{_model}", writes_reports)
    add_perm(f"annual_report.change_{_model}", writes_reports)
add_perm("annual_report.freeze_annualreport", freezes_reports)
