"""The locks and refusals that the steps of a branch share."""

import datetime as dt

from members.branches.models import Branch
from union_portal.base.errors import Refused


def locked_branches(*branches: Branch) -> list[Branch]:
    """Lock the branches in one order for everybody, so that two mergers cannot block each other."""
    rows = {row.pk: row for row in Branch.objects.select_for_update().filter(pk__in=[b.pk for b in branches])}
    return [rows[branch.pk] for branch in branches]


def standing(branch: Branch, *, on: dt.date) -> None:
    """Refuse a branch that does not exist on the day."""
    if absent := branch.absent(on=on):
        raise Refused(absent, field="branch")
