"""Who may read and write reports and their outlines."""

from union_portal.accounts.enums import SCHOOL_ROLES, Role
from union_portal.accounts.rules import allow, has_role

_WRITERS = SCHOOL_ROLES - {Role.FINANCE, Role.AUDIT}


reads_reports = has_role(*SCHOOL_ROLES)
writes_reports = has_role(*_WRITERS)
allow("annual_report.outline", look=reads_reports, write=writes_reports)
allow("annual_report.outlinechapter", look=reads_reports, write=writes_reports)
allow("annual_report.outlineline", look=reads_reports, write=writes_reports)
