"""Who may see elections and record their approval."""

from rules.permissions import add_perm

from congress.bodies.rules import HEADS, LOOKS, NOBODY, OFFICE
from union_portal.accounts.rules import allow

allow("congress.election", look=LOOKS, write=NOBODY)
add_perm("congress.record_approval", OFFICE | HEADS)
