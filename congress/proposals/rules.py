"""Who may write, second, check and see a proposal."""

from rules.permissions import add_perm

from congress.bodies.rules import OFFICE, of_account
from congress.drives.rules import READERS
from congress.proposals.models import Proposal
from union_portal.accounts.rules import sees
from union_portal.base.rules import allow

allow("congress", "proposal", view=READERS & sees(Proposal), add=OFFICE)
# Proposals: the author and the seconders
add_perm(
    "congress.change_own_proposal",
    of_account("is_author", lambda user, one: Proposal.objects.authored_by(user).filter(pk=one.pk).exists()),
)
add_perm(
    "congress.answer_seconding",
    of_account("is_asked", lambda user, one: one.delegate.person.user_id == user.pk),
)
add_perm(
    "congress.precheck_proposal",
    of_account("heads_delegation", lambda user, one: Proposal.objects.to_precheck(user).filter(pk=one.pk).exists()),
)
add_perm("congress.resubmit_paper", OFFICE)
