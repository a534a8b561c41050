"""Who may see and keep members' dues: they tell of wages, so branches do not."""

from union_portal.accounts.enums import Role
from union_portal.accounts.rules import has_role
from union_portal.base.rules import allow

_keepers = has_role(Role.FINANCE, Role.ORGANISATION)
_readers = _keepers | has_role(Role.CHAIR, Role.VICE_CHAIR, Role.AUDIT)

allow("members", "duesrule", view=_readers, add=has_role(Role.FINANCE))
allow("members", "duesline", view=_readers, add=_keepers)
