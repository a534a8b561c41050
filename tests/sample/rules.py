"""Who may do what with the samples."""

from union_portal.accounts.enums import Role
from union_portal.accounts.rules import has_role
from union_portal.base.rules import allow

_office, _branches = has_role(Role.ACTIVITIES), has_role(Role.BRANCH_CHAIR)

allow("sample", "loan", view=_office | _branches, add=_office, lose=_office, find=_office)
allow("sample", "damage", view=_office, add=_office)
allow("sample", "shelf", view=_office | _branches, add=_office)
allow("sample", "notice", view=_office | _branches, add=_office, export=_office)
