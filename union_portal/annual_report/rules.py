"""Who may do what with reports."""

from rules.permissions import add_perm

from union_portal.accounts.enums import SCHOOL_ROLES, Role
from union_portal.accounts.rules import allow, has_role

_WRITERS = SCHOOL_ROLES - {Role.FINANCE, Role.AUDIT}


reads_reports = has_role(*SCHOOL_ROLES)
writes_reports = has_role(*_WRITERS)
# Only the chair freezes, or the vice chair by office or delegation.
freezes_reports = has_role(Role.CHAIR, Role.VICE_CHAIR)

allow("annual_report.annualreport", look=reads_reports, write=writes_reports)
allow("annual_report.outline", look=reads_reports, write=writes_reports)
allow("annual_report.outlinechapter", look=reads_reports, write=writes_reports)
allow("annual_report.outlineline", look=reads_reports, write=writes_reports)
add_perm("annual_report.freeze_annualreport", freezes_reports)
