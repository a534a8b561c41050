"""Moves in words, for the timelines."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from union_portal.base.models import StateMove
from union_portal.base.states import Machine
from welfare.enums import GRANT_MACHINE, ROUND_MACHINE

_OTHERS = {
    "create": _("Round begun"),
    "set_price": _("Price fixed"),
    "collect": _("Marked as received"),
    "post": _("Posted in the ledger"),
    "buy": _("Invoice recorded"),
    "add": _("Added to the roster"),
    "enter": _("Case entered"),
    "record": _("Recorded from paper"),
}


def timeline(moves: Iterable[StateMove], machine: Machine) -> list[dict[str, Any]]:
    """Return the moves with their labels, oldest first."""
    labels = {(move.action, str(move.source)): move.label for move in machine.moves}
    return [
        {
            "at": move.at,
            "actor": move.actor,
            "label": labels.get((move.action, move.source)) or _OTHERS.get(move.action, move.action),
            "reason": move.reason,
        }
        for move in moves
    ]


def round_timeline(round_: Any) -> list[dict[str, Any]]:
    """Return what happened to a round."""
    return timeline(round_.moves.select_related("actor"), ROUND_MACHINE)


def grant_timeline(grant: Any, *, with_round: bool = False) -> list[dict[str, Any]]:
    """Return what happened to a grant, in time; when asked, with what happened to everybody in its round."""
    own = timeline(grant.moves.select_related("actor"), GRANT_MACHINE)
    if not (with_round and grant.round_id):
        return own
    steps = {move.action for move in ROUND_MACHINE.moves} | {"create"}
    shared = timeline(grant.round.moves.filter(action__in=steps).select_related("actor"), ROUND_MACHINE)
    return sorted([*shared, *own], key=lambda move: move["at"])
