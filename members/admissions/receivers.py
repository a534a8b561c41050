"""What memberships tell: a membership that never began puts its application back."""

import datetime as dt
from typing import Any

from django.dispatch import receiver

from members.admissions import services
from members.memberships import signals
from members.memberships.enums import MembershipChange
from members.people.models import Person


@receiver(signals.person_returned)
def reopen_application(*, person: Person, on: dt.date, change: MembershipChange, **_kwargs: Any) -> list[str]:
    """Let the application wait again."""
    if change != MembershipChange.JOIN:
        return []
    return services.reopen_for(person=person.pk, on=on, why=f"入会 {on} 的登记已更正为未发生")
