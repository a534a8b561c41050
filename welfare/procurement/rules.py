"""Who may see and record purchases, and keep the thresholds."""

from union_portal.base.rules import allow
from welfare.books.rules import approvers, bookkeepers, money, preparers, school

# Lists are the welfare officer's, who brings the others too.
allow("welfare", "procurementthreshold", view=school, add=bookkeepers | preparers, import_=preparers)
allow("welfare", "aidregion", view=school, add=preparers)
allow("welfare", "procurement", view=school, add=money, import_=preparers, approve=approvers)
allow("welfare", "quote", view=school, add=money)
allow("welfare", "goodsmove", view=school, add=money)
allow("welfare", "invoice", view=school, add=money, change=None, import_=None, approve=approvers)
