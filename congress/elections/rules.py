"""Who may see elections and record their approval."""

from rules.permissions import add_perm

from congress.bodies.rules import HEADS, LOOKS, OFFICE
from union_portal.base.rules import allow

allow("congress", "election", view=LOOKS)
add_perm("congress.record_approval", OFFICE | HEADS)
