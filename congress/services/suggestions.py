"""Suggestions: how they come in, who answers them, and that they are answered in writing."""

from django.db import transaction
from django.utils import timezone

from congress.enums import SuggestionSource, SuggestionState
from congress.models import Proposal, Suggestion
from congress.services.steps import begin
from union_portal.accounts.models import User


@transaction.atomic
def from_proposal(*, proposal: Proposal, source: SuggestionSource, actor: User | None) -> Suggestion:
    """Make the suggestion that a late or passed-on proposal becomes, with its whole text, or the one made before.

    The proposal keeps standing as it is; its author becomes the suggestion's.
    """
    found: Suggestion | None = Suggestion.objects.filter(proposal=proposal).first()
    if found is not None:
        return found
    made: Suggestion = Suggestion.objects.create(
        source=source,
        session=proposal.drive.session,
        proposal=proposal,
        delegation=proposal.delegation,
        author=proposal.proposer.person if proposal.proposer else None,
        title=proposal.title,
        text="\n\n".join(part for part in (proposal.grounds, proposal.measures) if part) or proposal.title,
        state=SuggestionState.COLLECTED,
        collected_on=timezone.localdate(proposal.submitted_at) if proposal.submitted_at else timezone.localdate(),
    )
    begin(made, actor=actor)
    return made
