"""Who may see and change branches, terms and offices."""

from rules.permissions import add_perm

from members.branches.models import Branch, BranchAssignment, Office, Term
from union_portal.accounts.rules import allow, exporters, keeper, sees, staff

allow(
    "members.branchassignment",
    look=staff & sees(BranchAssignment),
    write=keeper & sees(BranchAssignment),
    add=keeper,
    export=exporters & staff,
)
add_perm("members.import_branchassignment", keeper)
allow("members.branch", look=staff & sees(Branch), write=keeper & sees(Branch), add=keeper, export=exporters & staff)
add_perm("members.import_branch", keeper)
allow("members.term", look=staff & sees(Term), write=keeper & sees(Term), add=keeper, export=exporters & staff)
add_perm("members.import_term", keeper)
allow("members.office", look=staff & sees(Office), write=keeper & sees(Office), add=keeper, export=exporters & staff)
add_perm("members.import_office", keeper)
