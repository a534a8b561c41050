"""Who sees households in hardship, who enters and decides, who pays."""

from union_portal.accounts.enums import Role
from union_portal.accounts.rules import has_role, sees
from union_portal.base.rules import allow
from welfare.books.rules import approvers, nobody, posters, preparers, school, staff
from welfare.hardship.models import HardshipAid, HardshipFile

_heads = has_role(Role.CHAIR, Role.VICE_CHAIR)
_branch = has_role(Role.BRANCH_CHAIR)
# Incomes and illness are the business of those who care and decide, not of everybody who sees the money.
_near = has_role(Role.WELFARE, Role.WOMEN, Role.CHAIR, Role.VICE_CHAIR)
_seen = (_near | _branch) & sees(HardshipFile)
_enter = (preparers | _branch) & sees(HardshipFile)
_endorse = (preparers | _branch) & sees(HardshipFile)

allow("welfare", "hardshipstandard", view=school | _branch, add=preparers)
allow("welfare", "hardshipaidrule", view=school | _branch, add=preparers, import_=None)
allow(
    *("welfare", "hardshipfile"),
    view=_seen,
    add=_enter,
    import_=None,
    endorse=_endorse,
    decide=_heads,
    disclose=preparers,
)
for _row in ("householdmember", "hardshipcost"):
    allow("welfare", _row, view=_near | _branch, add=preparers | _branch, import_=None)
allow("welfare", "hardshipreview", view=_near | _branch, add=nobody, import_=None)
allow("welfare", "hardshipaid", view=staff & sees(HardshipAid), add=preparers, approve=approvers, pay=posters)
