"""Who may see and change branches, terms and offices."""

from members.branches.models import Branch, BranchAssignment, Office, Term
from union_portal.accounts.rules import exporters, keeper, sees, staff
from union_portal.base.rules import allow

for model in (Branch, BranchAssignment, Term, Office):
    name = model.__name__.lower()
    allow("members", name, view=staff & sees(model), add=keeper, change=keeper & sees(model), export=exporters & staff)
