"""What a step with a membership ends, said before it is taken; and what goes on until somebody sees to it."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils import timezone

from members.memberships import signals
from members.memberships.enums import MembershipChange
from members.memberships.models import SetAside
from members.people.models import Person

_C = MembershipChange


@dataclass(frozen=True)
class LooseEnd:
    """Something that is left to see to after a step: what, where it is done, who may, and whether it was.

    `page` is the name of the page, about `row` where it is one of a row, filled in with `query`; who lacks the
    permission `may` is told `by` whom it is done. What is `optional` may go on as it is: nobody waits for it, nor for
    what was put `aside` as it does not apply.
    """

    words: str
    verb: str = "打开"
    page: str = ""
    row: Any = None
    query: Mapping[str, Any] = field(default_factory=dict)
    may: str = ""
    by: str = ""
    done: bool = False
    optional: bool = False
    aside: SetAside | None = None

    @property
    def key(self) -> str:
        """What tells it from the others of its step: where it is done, of which row; else its words."""
        return f"{self.page}:{self.words if self.row is None else self.row}"[:200]


@dataclass
class Ahead:
    """What ends with a step, what goes on all the same, and what is due because of it; the rooms above add theirs.

    Asked again when the step is `taken`, it says of what goes on and what is due whether it was seen to since.
    """

    person: Person
    change: MembershipChange
    on: dt.date
    ends: list[str] = field(default_factory=list)
    stays: list[LooseEnd] = field(default_factory=list)
    due: list[LooseEnd] = field(default_factory=list)
    taken: bool = False

    @property
    def open(self) -> list[LooseEnd]:
        """What somebody has to see to."""
        return [one for one in (*self.due, *self.stays) if not (one.done or one.optional or one.aside)]

    def __str__(self) -> str:
        """Say it line by line, as the page does that asks for a confirmation."""
        stays, due = ("、".join(one.words for one in ends if not one.done) for ends in (self.stays, self.due))
        return "\n".join(
            (
                f"随之终止：{'、'.join(self.ends)}。" if self.ends else "没有任职、代表资格或账号随之终止。",
                *([f"不随之终止：{stays}。"] if stays else ()),
                *([f"接着办理：{due}。"] if due else ()),
            )
        )


def foretell(*, person: Person, change: MembershipChange, on: dt.date, taken: bool = False) -> Ahead:
    """Return what the step ends on the day, what goes on although one might think otherwise, and what is due then."""
    ahead = Ahead(person, change, on, taken=taken)
    member = person.memberships.in_force(on=on).exists()
    places = [f"在{one.branch}的归属" for one in person.assignments.in_force(on=on).select_related("branch")]
    offices = person.offices.in_force(on=on).select_related("term__branch")
    held = [f"工会任职（{one.term.branch.name}{one.get_position_display()}）" for one in offices]
    if change == _C.MOVE:
        ahead.ends = places
    elif change == _C.RETIRE:
        ahead.ends = ["在职会籍", *held] if member else []
    else:
        ahead.ends = [*(["会籍"] if member else []), *places, *held]
        if person.retired_on is not None and person.retired_on >= on:
            ahead.ends.append(f"尚未到期的退休登记（{person.retired_on}）")
    if person.user_id is not None and change == _C.DEATH:
        ahead.ends.append("账号和角色")
    signals.steps_foretold.send(Person, person=person, change=change, on=on, ahead=ahead)
    if taken:
        _note_asides(ahead)
    return ahead


def _note_asides(ahead: Ahead) -> None:
    """Mark what somebody said does not apply; the last word on each counts."""
    said = SetAside.objects.filter(person=ahead.person, change=ahead.change, on=ahead.on).in_force()
    for ends in (ahead.stays, ahead.due):
        ends[:] = [replace(end, aside=said[end.key]) if end.key in said else end for end in ends]


def is_over(until: dt.date | None, on: dt.date) -> bool:
    """Return whether what went on after the day of a step has an end by now."""
    return until is not None and until <= max(on, timezone.localdate())
