"""Who may write reports, and who freezes them."""

from rules.permissions import add_perm

from union_portal.accounts.enums import Role
from union_portal.accounts.rules import allow, has_role
from union_portal.annual_report.outlines.rules import reads_reports, writes_reports

# Only the chair freezes, or the vice chair by office or delegation.
freezes_reports = has_role(Role.CHAIR, Role.VICE_CHAIR)

allow("annual_report.annualreport", look=reads_reports, write=writes_reports)
add_perm("annual_report.freeze_annualreport", freezes_reports)
