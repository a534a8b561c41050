"""Who may see drives, keep their lists, and approve what becomes of the money."""

from union_portal.base.rules import allow
from welfare.books.rules import approvers, event_officers, school

allow("welfare", "donationdrive", view=school, add=event_officers)
allow("welfare", "donation", view=school, add=event_officers)
for name in ("donationreceipt", "donationuse"):
    allow("welfare", name, view=school, add=event_officers, change=None, import_=None, approve=approvers)
