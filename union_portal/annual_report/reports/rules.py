"""Who may write reports, and who freezes them."""

from rules.permissions import add_perm

from union_portal.accounts.enums import Role
from union_portal.accounts.rules import has_role
from union_portal.annual_report.outlines.rules import reads_reports, writes_reports
from union_portal.base.rules import allow

# Only the chair freezes, or the vice chair by office or delegation.
freezes_reports = has_role(Role.CHAIR, Role.VICE_CHAIR)

allow("annual_report", "annualreport", view=reads_reports, add=writes_reports)
add_perm("annual_report.freeze_annualreport", freezes_reports)
