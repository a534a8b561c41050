"""A claim on its way: checked by the branch, its papers ticked off, sent to the insurer, paid or refused."""

import datetime as dt
from collections.abc import Collection
from decimal import Decimal

from django.db import transaction

from union_portal.accounts.models import User
from union_portal.base.errors import Refused
from union_portal.base.steps import hold, take
from welfare.claims.enums import AMENDABLE, ClaimState
from welfare.claims.models import Claim, ClaimPaper
from welfare.grants.services.four_eyes import own_and_kin

# Once the insurer has them, the list is closed.
_TICKED = (*AMENDABLE, ClaimState.BRANCH, ClaimState.OFFICE)


def may_decide(*, claim: Claim, actor: User) -> None:
    """Raise Refused when the claim is the actor's own or that of kin."""
    if own_and_kin(user=actor).filter(pk=claim.person_id).exists():
        raise Refused("不能审核本人或亲属的理赔申请，请由同事审核。")


def papers_complete(*, claim: Claim) -> None:
    """Raise Refused naming the papers that are still to be seen or kept."""
    papers = claim.papers.select_related("kind")
    missing = [paper.missing for paper in papers if paper.missing]
    if missing:
        raise Refused(f"材料尚未齐全：{'；'.join(missing)}。请先在“核对材料”中登记。")


@transaction.atomic
def tick(*, claim: Claim, originals: Collection[int], copies: Collection[int]) -> None:
    """Keep of which papers the original was seen and a copy kept; raises Refused once the insurer has them."""
    if hold(claim).state not in _TICKED:
        raise Refused("材料已报送承保机构，不能再改。")
    for paper in ClaimPaper.objects.filter(claim=claim):
        paper.original_seen, paper.copy_kept = paper.pk in originals, paper.pk in copies
        paper.save(update_fields=["original_seen", "copy_kept"])


@transaction.atomic
def confirm(*, subject: Claim, actor: User) -> Claim:
    """Confirm for the branch that the person is covered and the event true; nobody does so for himself or kin."""
    may_decide(claim=subject, actor=actor)
    return take(subject=subject, action="confirm", actor=actor)


@transaction.atomic
def forward(*, subject: Claim, actor: User, sent_on: dt.date) -> Claim:
    """Send the claim on to the insurer, once its papers are complete; nobody does so for himself or kin."""
    may_decide(claim=subject, actor=actor)
    hold(subject)
    papers_complete(claim=subject)
    return take(subject=subject, action="forward", actor=actor, sent_on=sent_on)


@transaction.atomic
def pay(*, subject: Claim, actor: User, paid_on: dt.date, paid_amount: Decimal) -> Claim:
    """Note what the insurer paid to the person and when; nobody does so for himself or kin."""
    may_decide(claim=subject, actor=actor)
    return take(subject=subject, action="pay", actor=actor, paid_on=paid_on, paid_amount=paid_amount)
