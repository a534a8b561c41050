"""What memberships tell: a membership that never began puts its application back."""

import datetime as dt
from typing import Any

from django.dispatch import receiver

from members.admissions import services
from members.admissions.models import Admission
from members.branches.services.checks import Undone
from members.memberships import signals
from members.memberships.enums import MembershipChange
from members.memberships.services.foretelling import Ahead
from members.people.models import Person


@receiver(signals.person_returned)
def reopen_application(*, person: Person, on: dt.date, change: MembershipChange, told: Undone, **_kwargs: Any) -> None:
    """Let the application wait again."""
    if change == MembershipChange.JOIN:
        told.left += services.reopen_for(person=person.pk, on=on, why=f"入会 {on} 的登记已更正为未发生")
    if change == MembershipChange.DEATH and services.revive_for(person=person.pk, why=f"去世 {on} 的登记已更正"):
        told.restored.append("待审批的入会申请")


@receiver(signals.person_died)
def lapse_application(*, person: Person, on: dt.date, **_kwargs: Any) -> None:
    """Let the application of who died lapse."""
    services.lapse_for(person=person.pk, why=f"申请人于 {on} 去世")


@receiver(signals.steps_foretold)
def name_application(*, person: Person, change: MembershipChange, ahead: Ahead, **_kwargs: Any) -> None:
    """Say that the application of who died lapses."""
    if change == MembershipChange.DEATH and Admission.objects.filter(person=person).waiting().exists():
        ahead.ends.append("待审批的入会申请")
