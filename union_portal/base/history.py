"""History of what staff edit: one event per changed row, kept by statement-level triggers in the database.

Convenience for people who ask "who changed this", not evidence: the ledger and the logs carry their own protection.
"""

from collections.abc import Callable
from typing import TypeVar

import pghistory
from django.db.models import Model

M = TypeVar("M", bound=type[Model])


def tracked(*, exclude: tuple[str, ...] = ()) -> Callable[[M], M]:
    """Keep the history of a model; `exclude` names fields whose values must not be copied (sensitive data)."""
    level = pghistory.Statement
    decorate: Callable[[M], M] = pghistory.track(
        pghistory.InsertEvent(level=level),
        pghistory.UpdateEvent(level=level),
        pghistory.DeleteEvent(level=level),
        exclude=list(exclude),
    )
    return decorate
