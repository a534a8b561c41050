"""The locks and refusals that the steps of a branch share, and how a step keeps what it ended."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from members.branches.models import Branch
from union_portal.base.errors import Refused

# A dated row that a step ended: its key, and the end it had before, so that a correction opens exactly that again.
Ended = list[Any]


@dataclass
class Undone:
    """What undoing a step brought back, and what it did not and is left to the officer; both in words."""

    restored: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)


def ended(row: Any) -> Ended:
    """Return what is kept of a row before it is ended."""
    return [row.pk, row.valid_to.isoformat() if row.valid_to else None]


def end_before(kept: Ended) -> dt.date | None:
    """Return the end a row had before it was ended."""
    return dt.date.fromisoformat(kept[1]) if kept[1] else None


def locked_branches(*branches: Branch) -> list[Branch]:
    """Lock the branches in one order for everybody, so that two mergers cannot block each other."""
    rows = {row.pk: row for row in Branch.objects.select_for_update().filter(pk__in=[b.pk for b in branches])}
    return [rows[branch.pk] for branch in branches]


def standing(branch: Branch, *, on: dt.date) -> None:
    """Refuse a branch that does not exist on the day."""
    if absent := branch.absent(on=on):
        raise Refused(absent, field="branch")
