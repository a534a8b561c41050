"""Rows brought to a state as no service would bring them, each with the move that the database asks for."""

from itertools import pairwise
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from union_portal.base.steps import log_of

# In Chinese, since pages of history show an action that no table names as it stands.
PUT = "置入"


@transaction.atomic
def put(rows: "QuerySet[Any]", state: str, **changes: Any) -> int:
    """Put the rows into the state, with the changes; return how many there are."""
    log: Any = log_of(rows.model)
    log.objects.bulk_create(log(subject=row, action=PUT, source=row.state, target=state) for row in rows)
    return rows.update(state=state, **changes)


def note(row: Any, *states: str) -> None:
    """Write the moves that the database will ask for when the row goes from its state to the first, to the next …"""
    log: Any = log_of(type(row))
    moves = pairwise([row.state, *states])
    log.objects.bulk_create(log(subject=row, action=PUT, source=source, target=target) for source, target in moves)
