"""The moves of rounds and grants as a timeline, and the way to a part of the round's page."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from union_portal.base.models import StateMove
from union_portal.base.states import Machine
from welfare.grants.enums import GRANT_MACHINE, ROUND_MACHINE

# The portal's own parts inside the desk's theme.
STYLES: dict[str, list[str]] = {"all": ["portal/tokens.css", "portal/components.css", "welfare/round.css"]}


def round_address(round_id: int, part: str) -> str:
    """Return the address of a part of the round's page."""
    return f"{reverse('admin:welfare_round_change', args=[round_id])}#{part}"


_OTHERS = {
    "create": "建立批次",
    "set_price": "确定单价",
    "collect": "登记领取",
    "post": "记入台账",
    "buy": "登记发票",
    "add": "补入名册",
    "enter": "录入慰问",
    "record": "线下补录",
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
