"""Posts at a department do not end with a membership: whoever takes the step is told of them."""

import datetime as dt
from typing import Any

from django.dispatch import receiver

from congress.departments.models import DepartmentPost
from members.memberships.enums import MembershipChange
from members.memberships.services.foretelling import Ahead, LooseEnd, is_over
from members.memberships.signals import steps_foretold
from members.people.models import Person
from union_portal.accounts.enums import Role


@receiver(steps_foretold)
def name_posts(*, person: Person, change: MembershipChange, on: dt.date, ahead: Ahead, **_kwargs: Any) -> None:
    """Name the posts that go on, and with them the department's desk."""
    if change == MembershipChange.MOVE:
        return
    for one in DepartmentPost.objects.filter(person=person).in_force(on=on).select_related("department"):
        ahead.stays.append(
            LooseEnd(
                f"{one.department}{one.get_duty_display()}",
                verb="换人",
                page="admin:congress_department_change",
                row=one.department_id,
                may="congress.change_department",
                by=str(Role.CONGRESS.label),
                done=is_over(one.valid_to, on),
            )
        )
