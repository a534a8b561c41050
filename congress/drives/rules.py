"""Who may see and open drives."""

from rules.predicates import predicate

from congress.bodies.rules import OFFICE
from congress.drives.querysets import reads_all
from union_portal.accounts.models import User
from union_portal.base.rules import allow

READERS = predicate(lambda user: isinstance(user, User) and reads_all(user), name="reads_all_proposals")
allow("congress", "proposalcategory", view=READERS, add=OFFICE)
allow("congress", "proposaldrive", view=READERS, add=OFFICE)
