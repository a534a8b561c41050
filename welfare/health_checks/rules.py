"""Who may see and keep health checks: the welfare office; a branch books its own people."""

from rules.permissions import add_perm

from union_portal.accounts.enums import Role
from union_portal.accounts.rules import has_role, sees
from union_portal.base.rules import allow
from welfare.books.rules import event_officers, posters, staff
from welfare.health_checks.models import CheckBooking

for _model in ("healthcheck", "checkhospital", "checkpackage", "checkday", "turnoutquota"):
    allow("welfare", _model, view=staff, add=event_officers)
_books = event_officers | has_role(Role.BRANCH_CHAIR)
allow(
    *("welfare", "checkbooking"),
    view=staff & sees(CheckBooking),
    add=_books,
    change=_books & sees(CheckBooking),
    import_=event_officers,
    refund=event_officers,
)
add_perm("welfare.post_check_refunds", posters)
