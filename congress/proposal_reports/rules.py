"""Who may see and make reports on proposals."""

from congress.bodies.rules import HEADS, OFFICE
from congress.drives.rules import READERS
from union_portal.accounts.rules import allow

allow("congress.proposalreport", look=READERS, write=OFFICE | HEADS)
