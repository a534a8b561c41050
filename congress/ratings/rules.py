"""Who rates a reply."""

from rules.permissions import add_perm

from congress.bodies.rules import OFFICE, of_account
from congress.proposals.models import Proposal

add_perm(
    "congress.rate_proposal",
    of_account("is_author", lambda user, one: Proposal.objects.authored_by(user).filter(pk=one.pk).exists()),
)
add_perm("congress.close_unrated", OFFICE)
add_perm("congress.enter_paper_rating", OFFICE)
