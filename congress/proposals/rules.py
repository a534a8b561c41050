"""Who may write, second, check and see a proposal."""

from rules.permissions import add_perm

from congress.bodies.rules import OFFICE, of_account
from congress.drives.rules import READERS
from congress.proposals.enums import ProposalState
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
# Every move of a proposal's table and the permission it takes; pages offer and judge by it, and so does the test.
PROPOSAL_STEPS = {
    "invite": "congress.change_own_proposal",
    "edit_again": "congress.change_own_proposal",
    "submit": "congress.change_own_proposal",
    "submit_to_delegation": "congress.change_own_proposal",
    "submit_late": "congress.change_own_proposal",
    "withdraw": "congress.change_own_proposal",
    "submit_again": "congress.change_own_proposal",
    "pass_check": "congress.precheck_proposal",
    "return_to_author": "congress.precheck_proposal",
    "return": "congress.review_proposal",
    "refer": "congress.review_proposal",
    "file": "congress.review_proposal",
    "file_directly": "congress.review_proposal",
    "pass_on": "congress.review_proposal",
    "decline": "congress.review_proposal",
    "merge": "congress.review_proposal",
    "approve": "congress.approve_filing",
    "send_back": "congress.approve_filing",
    "assign": "congress.assign_proposal",
    "reply": "congress.answer_proposal",
    "reply_directly": "congress.answer_proposal",
    "sign": "congress.sign_reply",
    "return_reply": "congress.sign_reply",
    "return_second_reply": "congress.sign_reply",
    "rate": "congress.rate_proposal",
    "handle_again": "congress.rate_proposal",
    "close_unrated": "congress.close_unrated",
}
# What was referred is entered for the presidium.
FOR_THE_PRESIDIUM = "congress.decide_for_presidium"


def step_permission(*, state: str, action: str) -> str:
    """Return the permission that taking the action in the state needs."""
    return FOR_THE_PRESIDIUM if state == ProposalState.REFERRED else PROPOSAL_STEPS[action]
