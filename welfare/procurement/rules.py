"""Who may see and record purchases, and keep the thresholds."""

from union_portal.base.rules import allow
from welfare.books.rules import bookkeepers, money, preparers, school

allow("welfare", "procurementthreshold", view=school, add=bookkeepers)
allow("welfare", "aidregion", view=school, add=preparers)
for name in ("procurement", "quote", "invoice"):
    # A list of past ones is the welfare officer's, who brings the other lists too.
    allow("welfare", name, view=school, add=money, import_=preparers)
