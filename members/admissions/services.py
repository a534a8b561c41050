"""Deciding an application: who is admitted joins by the memberships' own step."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import transaction

from members.admissions.enums import AdmissionState
from members.admissions.models import Admission
from members.memberships.enums import MembershipStart
from members.memberships.services import steps
from members.memberships.services.episodes import Episode
from union_portal.accounts.models import User
from union_portal.base.errors import DomainError
from union_portal.base.sql import among
from union_portal.base.steps import take


@transaction.atomic
def admit(
    *, subject: Admission, actor: User | None, decided_on: dt.date | None, decided_by: str = "", document: str = ""
) -> Admission:
    """批准入会: the applicant is a member from the day of the decision, in the branch applied for."""
    if decided_on is None:
        raise DomainError("请填写“批准日期”。", field="decided_on")
    values: dict[str, Any] = {"decided_on": decided_on, "decided_by": decided_by, "document": document}
    made = take(subject=subject, action="admit", actor=actor, **values)
    try:
        steps.admit(person=made.person, on=decided_on, branch=made.branch, document=document, actor=actor)
    except DomainError as refused:
        # What the membership calls its day is the day of the decision here.
        raise type(refused)(str(refused), field={"on": "decided_on"}.get(refused.field or "")) from refused
    return made


@transaction.atomic
def close_for(*, episodes: Sequence[Episode]) -> None:
    """Close the applications that wait of people who became members by another way than their approval.

    Who joined on a day after the application is admitted by it; who was a member before, or came from another union,
    needs none.
    """
    begun = {one.person: one for one in episodes}
    for waiting in Admission.objects.waiting().filter(among("person", begun)):
        one = begun[waiting.person_id]
        way, day = MembershipStart(one.began_by), one.valid_from
        if way == MembershipStart.JOINED and day >= waiting.applied_on:
            given: dict[str, Any] = {"decided_on": day, "document": one.document}
            take(subject=waiting, action="admit", actor=None, why=f"入会 {day} 已直接登记", **given)
        else:
            take(subject=waiting, action="lapse", actor=None, why=f"已登记{way.label}（{day}）")


@transaction.atomic
def lapse_for(*, person: int, why: str) -> None:
    """Let an application that waits lapse, as nobody can decide it any more."""
    for waiting in Admission.objects.filter(person=person).waiting():
        take(subject=waiting, action="lapse", actor=None, why=why)


@transaction.atomic
def revive_for(*, person: int, why: str) -> int:
    """Let the application wait again that lapsed last and was not handed in anew; return how many that were."""
    last = Admission.objects.filter(person=person).order_by("pk").last()
    if last is None or last.state != AdmissionState.WITHDRAWN or last.moves.latest("pk").action != "lapse":
        return 0
    take(subject=last, action="revive", actor=None, why=why)
    return 1


@transaction.atomic
def reopen_for(*, person: int, on: dt.date, why: str) -> list[str]:
    """Let an application wait again whose membership was recorded by mistake; say so."""
    found = Admission.objects.filter(person=person, decided_on=on, state=AdmissionState.ADMITTED).first()
    if found is None:
        return []
    take(subject=found, action="reopen", actor=None, why=why)
    return [f"{found.applied_on} 的入会申请已退回待审批，请重新审批或撤回。"]
