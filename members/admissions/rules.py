"""Who may see applications and decide them."""

from members.admissions.models import Admission
from union_portal.accounts.rules import exporters, is_branch_chair, keeper, sees, staff
from union_portal.base.rules import allow

allow(
    "members",
    "admission",
    view=staff & sees(Admission),
    # A branch enters and advises its own; the union decides.
    add=keeper | is_branch_chair,
    change=(keeper | is_branch_chair) & sees(Admission),
    import_=keeper,
    decide=keeper & sees(Admission),
    export=exporters & staff,
)
