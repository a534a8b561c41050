"""The quorum (三分之二), and the opening of a sitting that reaches it."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from congress.attendance.querysets import with_roll_counts
from congress.sessions.enums import SittingState
from congress.sessions.models import Sitting
from union_portal.accounts.models import User
from union_portal.base.errors import Refused
from union_portal.base.steps import hold, move


@dataclass(frozen=True)
class Quorum:
    """How a sitting stands: people with a vote who are due, in the hall, excused; how many must be there."""

    due: int
    present: int
    excused: int
    needed: int
    sitting_in: int = 0

    @property
    def missing(self) -> int:
        """How many are still needed."""
        return max(self.needed - self.present, 0)

    @property
    def reached(self) -> bool:
        """Whether the sitting may open."""
        return self.due > 0 and self.present >= self.needed


def counted(sitting: Any) -> Quorum:
    """Return how a sitting read `with_roll_counts` stands; 应到 is what was fixed at the opening, if it was."""
    due = sitting.due if sitting.due is not None else sitting.roll_due
    return Quorum(
        due=due,
        present=sitting.roll_present,
        excused=sitting.roll_excused,
        needed=sitting.congress.quorum_of(due),
        sitting_in=sitting.roll_sitting_in,
    )


def quorum(*, sitting: Sitting) -> Quorum:
    """Count the roll as it stands now; one query."""
    return counted(with_roll_counts(Sitting.objects.filter(pk=sitting.pk).select_related("congress")).get())


@transaction.atomic
def open_sitting(*, subject: Sitting, actor: User | None) -> Sitting:
    """Open a body's sitting: fix 应到 as the roll's votes and 实到 as those in the hall.

    Refused below the quorum, and on another day than those of the session: 应到 is of its day.
    """
    held = hold(subject, "congress", "session")
    stands = quorum(sitting=held)
    if held.state == SittingState.PLANNED:
        must_open(sitting=held, stands=stands)
    move(held, "open", actor=actor, due=stands.due, present=stands.present, opened_at=timezone.now())
    return held


def must_open(*, sitting: Sitting, stands: Quorum | None = None) -> None:
    """Refuse while a planned sitting cannot be opened: on another day, without a roll, below the quorum."""
    stands, today = stands or quorum(sitting=sitting), timezone.localdate()
    if not sitting.session.lasts(on=today):
        raise Refused(f"会议定于 {sitting.session.days} 召开，今天是 {today}；如已改期，请先更正会议日期，再宣布开会。")
    if not stands.due:
        raise Refused(f"{sitting}还没有应到名册，请先生成名册。")
    if not stands.reached:
        raise Refused(
            f"{sitting}还不能开幕：应到 {stands.due:,} 人，须到会 {stands.needed} 人，"
            f"实到 {stands.present:,} 人，还差 {stands.missing:,} 人。",
            code="quorum",
        )
