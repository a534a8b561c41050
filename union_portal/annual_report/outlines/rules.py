"""Who may read and write reports and their outlines."""

from union_portal.accounts.enums import SCHOOL_ROLES, Role
from union_portal.accounts.rules import has_role
from union_portal.base.rules import allow

_WRITERS = SCHOOL_ROLES - {Role.FINANCE, Role.AUDIT}


reads_reports = has_role(*SCHOOL_ROLES)
writes_reports = has_role(*_WRITERS)
allow("annual_report", "outline", view=reads_reports, add=writes_reports)
allow("annual_report", "outlinechapter", view=reads_reports, add=writes_reports)
allow("annual_report", "outlinesection", view=reads_reports, add=writes_reports)
allow("annual_report", "outlineparagraph", view=reads_reports, add=writes_reports)
allow("annual_report", "outlineline", view=reads_reports, add=writes_reports)
