"""Who may see, enter and pass on claims, and keep their standards."""

from union_portal.accounts.enums import Role
from union_portal.accounts.rules import has_role, sees
from union_portal.base.rules import allow
from welfare.books.rules import preparers, school, staff
from welfare.claims.models import Claim

_ENTERS = preparers | has_role(Role.BRANCH_CHAIR)
allow("welfare", "claimrule", view=school, add=preparers)
allow("welfare", "claimpaperkind", view=school, add=preparers)
allow(
    *("welfare", "claim"),
    view=staff & sees(Claim),
    add=_ENTERS,
    change=_ENTERS & sees(Claim),
    import_=preparers,
    confirm=_ENTERS & sees(Claim),
    forward=preparers,
)
