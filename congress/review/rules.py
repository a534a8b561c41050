"""Who reviews proposals, decides for the presidium and approves filing."""

from rules.permissions import add_perm

from congress.bodies.rules import HEADS, OFFICE, of_account
from congress.committees.models import CommitteeSeat

# The committee, the leader, the office
add_perm(
    "congress.review_proposal",
    OFFICE | of_account("on_the_committee", lambda user, _one: CommitteeSeat.objects.reviewing(user).exists()),
)
add_perm("congress.decide_for_presidium", OFFICE)
add_perm("congress.approve_filing", HEADS)
