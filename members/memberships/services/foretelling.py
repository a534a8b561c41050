"""What a step with a membership ends, said before it is taken; and what goes on until somebody sees to it."""

import datetime as dt
from dataclasses import dataclass, field

from django.utils import timezone

from members.memberships import signals
from members.memberships.enums import MembershipChange
from members.people.models import Person
from union_portal.accounts.enums import Role
from union_portal.accounts.models import RoleAssignment

_C = MembershipChange


@dataclass
class Ahead:
    """What ends with a step and what does not, in words; the rooms above add what is theirs."""

    ends: list[str] = field(default_factory=list)
    stays: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        """Say it as the page does that asks for a confirmation."""
        ends = f"{'、'.join(self.ends)}随之终止" if self.ends else "没有任职、代表资格或账号随之终止"
        return f"{ends}；不随之终止、请另行办理的有：{'、'.join(self.stays)}" if self.stays else ends


def foretell(*, person: Person, change: MembershipChange, on: dt.date) -> Ahead:
    """Return what the step ends on the day, and what goes on although one might think otherwise."""
    ahead = Ahead()
    member = person.memberships.in_force(on=on).exists()
    places = [f"在{one.branch}的归属" for one in person.assignments.in_force(on=on).select_related("branch")]
    offices = [
        f"工会任职（{one.term.branch.name}{one.get_position_display()}）"
        for one in person.offices.in_force(on=on).select_related("term__branch")
    ]
    if change == _C.MOVE:
        ahead.ends, ahead.stays = places, offices
    elif change == _C.RETIRE:
        if member:
            ahead.ends = ["在职会籍", *offices]
        else:
            ahead.stays += offices
    else:
        ahead.ends = [*(["会籍"] if member else []), *places, *offices]
        if person.retired_on is not None and person.retired_on >= on:
            ahead.ends.append(f"尚未到期的退休登记（{person.retired_on}）")
    if person.user_id is not None and change == _C.DEATH:
        ahead.ends.append("账号和角色")
    elif person.user_id is not None and change != _C.MOVE:
        held = RoleAssignment.objects.filter(user=person.user_id).in_force(on=max(on, timezone.localdate()))
        ahead.stays += [f"角色（{Role(role).label}）" for role in held.values_list("role", flat=True).distinct()]
    signals.steps_foretold.send(Person, person=person, change=change, on=on, ahead=ahead)
    return ahead
