"""Who may record what was collected; whose rows, `markable` says."""

from rules.permissions import add_perm

from union_portal.accounts.enums import Role
from union_portal.accounts.rules import has_role
from welfare.books.rules import preparers

add_perm("welfare.collect_grant", preparers | has_role(Role.BRANCH_CHAIR))
