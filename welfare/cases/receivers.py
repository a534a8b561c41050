"""What cases do when their approval on paper is confirmed; which case a death or a retirement asks for."""

import datetime as dt
from typing import Any

from django.dispatch import receiver
from django.utils import timezone

from members.memberships.enums import MembershipChange
from members.memberships.services.foretelling import Ahead, LooseEnd
from members.memberships.signals import steps_foretold
from members.people.models import Person
from union_portal.accounts.enums import Role
from union_portal.accounts.models import User
from union_portal.base.errors import Refused
from welfare.approvals.models import PaperApproval
from welfare.approvals.signals import confirmed, confirming
from welfare.benefits.models import Benefit
from welfare.cases.services import confirm_on_paper, may_confirm_paper
from welfare.grants.enums import GrantState
from welfare.grants.models import Grant
from welfare.grants.services.four_eyes import SMALL_ROUND, own_and_kin
from welfare.life_events.enums import EventKind

_ASKS_FOR = {MembershipChange.DEATH: EventKind.DEATH, MembershipChange.RETIRE: EventKind.RETIREMENT}
# Nobody is reminded of what was not given in so many days: it was paid before the portal, or is not paid any more.
_REMINDED_DAYS = 365


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


@receiver(steps_foretold)
def ask_for_the_case(*, person: Person, change: MembershipChange, on: dt.date, ahead: Ahead, **_kwargs: Any) -> None:
    """Name what the union gives for the member's own death or retirement, done as soon as a case stands for it."""
    kind = _ASKS_FOR.get(change)
    late = on < timezone.localdate() - dt.timedelta(days=_REMINDED_DAYS)
    if kind is None or late or not person.memberships.in_force(on=on).exists():
        return
    if not Benefit.objects.filter(active=True, event_kind=kind).exists():
        return
    own = Grant.objects.living().filter(event__kind=kind, event__whose=person, event__relation="")
    ahead.due.append(
        LooseEnd(
            f"{kind.label}慰问",
            verb="登记慰问",
            page="admin:welfare_grant_add",
            query={"person": person.pk, "kind": kind.value, "occurred_on": on.isoformat()},
            may="welfare.add_grant",
            by=str(Role.WELFARE.label),
            done=own.exists(),
        )
    )
