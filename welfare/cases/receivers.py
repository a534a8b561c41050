"""What cases and recorded grants do when their approval on paper is confirmed."""

from typing import Any

from django.dispatch import receiver

from union_portal.accounts.models import User
from union_portal.base.errors import Refused
from welfare.approvals.models import PaperApproval
from welfare.approvals.signals import confirmed, confirming
from welfare.cases.services import confirm_on_paper, may_confirm_paper
from welfare.grants.enums import GrantState
from welfare.grants.services.four_eyes import SMALL_ROUND, own_and_kin


@receiver(confirming)
def be_a_second_person(approval: PaperApproval, actor: User, **_signal: Any) -> None:
    for grant in approval.grants.filter(state=GrantState.SUBMITTED):
        may_confirm_paper(grant=grant, paper=approval, actor=actor)
    _recorded_by_others(approval, actor)


@receiver(confirmed)
def approve_the_cases(approval: PaperApproval, actor: User, **_signal: Any) -> None:
    for grant in approval.grants.filter(state=GrantState.SUBMITTED):
        confirm_on_paper(subject=grant, paper=approval, actor=actor)


def _recorded_by_others(approval: PaperApproval, actor: User) -> None:
    """Let nobody confirm what he recorded himself, nor a few grants among which are his own or his kin's."""
    recorded = approval.grants.exclude(state__in=[GrantState.SUBMITTED, GrantState.DUE])
    if recorded.filter(prepared_by__in=[actor.pk, approval.approver_id]).exists():
        raise Refused("登记这些慰问记录的人既不能是审批人，也不能确认线下审批，请由同事确认。")
    if recorded.count() < SMALL_ROUND and recorded.filter(person__in=own_and_kin(user=actor).values("pk")).exists():
        raise Refused("不能确认本人或亲属慰问的线下审批，请由同事确认。")
