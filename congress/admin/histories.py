"""Moves in words, for the timelines of suggestions, findings and petitions."""

from typing import Any

from congress.services.steps import STEPS

_BEGUN = "登记"


def timeline(subject: Any) -> list[dict[str, Any]]:
    """Return a row's moves with their labels, oldest first; who, when and why as they were logged."""
    machine, _log = STEPS[type(subject)]
    labels = {(move.action, str(move.source)): move.label for move in machine.moves}
    return [
        {
            "at": move.at,
            "actor": move.actor,
            "label": labels.get((move.action, move.source), _BEGUN),
            "reason": move.reason,
        }
        for move in subject.moves.select_related("actor")
    ]
