"""What a round does when its approval on paper is confirmed or sent back."""

from typing import Any

from django.dispatch import receiver

from union_portal.accounts.models import User
from union_portal.base.steps import move
from welfare.approvals.models import PaperApproval
from welfare.approvals.signals import confirmed, confirming, rejected
from welfare.grants.enums import RoundState
from welfare.rounds.services.approval import confirm_on_paper, may_confirm_paper
from welfare.rounds.services.holding import hold_round


@receiver(confirming)
def be_a_second_person(approval: PaperApproval, actor: User, **_signal: Any) -> None:
    for round_ in approval.rounds.all():
        may_confirm_paper(round_=round_, paper=approval, actor=actor)


@receiver(confirmed)
def approve_the_round(approval: PaperApproval, actor: User, **_signal: Any) -> None:
    for round_ in approval.rounds.all():
        confirm_on_paper(subject=round_, paper=approval, actor=actor)


@receiver(rejected)
def send_the_round_back(approval: PaperApproval, actor: User, why: str, **_signal: Any) -> None:
    for round_ in approval.rounds.all():
        held = hold_round(round_)
        if held.state == RoundState.SUBMITTED:
            move(held, "return", actor=actor, why=f"线下审批被退回：{why}")
