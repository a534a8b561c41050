"""Who may see and keep 疗休养: the welfare office; a branch applies for its own people."""

from rules.permissions import add_perm

from union_portal.accounts.enums import Role
from union_portal.accounts.rules import has_role, sees
from union_portal.base.rules import allow
from welfare.books.rules import posters, preparers, staff
from welfare.recuperation.models import RecuperationApplication

for _model in ("recuperationrule", "selectioncriterion", "recuperationbatch"):
    allow("welfare", _model, view=staff, add=preparers)
_applies = preparers | has_role(Role.BRANCH_CHAIR)
allow(
    *("welfare", "recuperationapplication"),
    view=staff & sees(RecuperationApplication),
    add=_applies,
    change=_applies & sees(RecuperationApplication),
    import_=preparers,
)
add_perm("welfare.post_recuperation", posters)
