"""Who may see and change branches, terms and offices."""

from members.branches.models import Branch, BranchAssignment, Office, Term
from union_portal.accounts.rules import exporters, keeper, sees, staff
from union_portal.base.rules import allow

allow(
    "members",
    "branchassignment",
    view=staff & sees(BranchAssignment),
    add=keeper,
    change=keeper & sees(BranchAssignment),
    export=exporters & staff,
)
allow(
    "members", "branch", view=staff & sees(Branch), add=keeper, change=keeper & sees(Branch), export=exporters & staff
)
allow("members", "term", view=staff & sees(Term), add=keeper, change=keeper & sees(Term), export=exporters & staff)
allow(
    "members", "office", view=staff & sees(Office), add=keeper, change=keeper & sees(Office), export=exporters & staff
)
