"""What an author, seconder or head of a delegation reads whose page has closed."""

from django.db.models import Q

from congress.bodies.portal import ClosedPage, as_sentence, changed_by, day_in_words, events_of, name_of
from congress.proposals.enums import ProposalState, SecondingState
from congress.proposals.models import Proposal, Seconding
from union_portal.accounts.models import User


def author_closed(user: User, pk: int) -> ClosedPage | None:
    """Say why a delegation's proposal is closed to who headed the delegation when it came there."""
    proposal: Proposal | None = Proposal.objects.filter(pk=pk).select_related("delegation__head__person").first()
    if proposal is None or proposal.delegation is None:
        return None
    asked = proposal.moves.filter(action="submit_to_delegation").last()
    if not proposal.as_body and asked is None:
        return None
    since = proposal.created_at if proposal.as_body or asked is None else asked.at
    body = proposal.delegation
    mine = Q(head__person__user=user) | Q(deputy__person__user=user)
    history = events_of(type(body), pgh_obj=body.pk)
    was_head = history.filter(mine).last()
    if was_head is None or type(body).objects.filter(mine, pk=body.pk).exists():
        return None
    change = history.filter(pgh_id__gt=was_head.pgh_id).first()
    if change is None or change.pgh_created_at < since:
        return None
    words = "{who} 已于 {when} 变更{delegation}团长，现任团长：{head}。这件提案由现任团长处理。".format(
        who=changed_by(change),
        delegation=body,
        when=day_in_words(change.pgh_created_at),
        head=body.head.person.name if body.head else "—",
    )
    return ClosedPage(str(proposal), words, 403, "congress:proposals")


def seconding_closed(user: User, pk: int) -> ClosedPage | None:
    """Say why somebody who was asked to second can no longer answer."""
    asked: Seconding | None = (
        Seconding.objects.filter(proposal=pk, delegate__person__user=user, state=SecondingState.LAPSED)
        .select_related("proposal")
        .order_by("pk")
        .last()
    )
    if asked is None:
        return None
    why = as_sentence(asked.reason or asked.get_state_display())
    words = f"您于 {day_in_words(asked.invited_at)} 受邀附议，该邀请已失效：{why}"
    return ClosedPage(asked.proposal.title, words, 409, "congress:proposals")


def check_closed(user: User, pk: int) -> ClosedPage | None:
    """Say who checked a proposal for the delegation meanwhile, or who heads it now."""
    proposal = Proposal.objects.filter(pk=pk, moves__action="submit_to_delegation").distinct().first()
    if proposal is None:
        return None
    if not Proposal.objects.was_checked_under(user).filter(pk=pk).exists():
        return author_closed(user, pk)
    last = proposal.moves.exclude(action="submit_to_delegation").select_related("actor").last()
    if last is None or proposal.state == ProposalState.PRECHECK or last.actor_id == user.pk:
        return None
    words = (
        f"{name_of(last.actor)} 已于 {day_in_words(last.at)} 先行处理，目前的状态是“{proposal.get_state_display()}”。"
    )
    return ClosedPage(str(proposal), words, 409, "congress:proposals")
