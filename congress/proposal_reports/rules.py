"""Who may see and make reports on proposals."""

from congress.bodies.rules import HEADS, OFFICE
from congress.drives.rules import READERS
from union_portal.base.rules import allow

allow("congress", "proposalreport", view=READERS, add=OFFICE | HEADS)
