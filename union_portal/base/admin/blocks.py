"""Why a step that the row's state allows cannot succeed now: said where its button would stand."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from union_portal.base.errors import DomainError


@dataclass(frozen=True)
class Block:
    """What stands in the way, in a sentence; `label` and `address` lead to where it is mended, if anywhere."""

    why: str
    label: str = ""
    address: str = ""


# By a step's action, what asks the services' own checks for the row and whoever is at the screen.
Blocks = Mapping[str, Callable[[Any, Any], Block | None]]


def block_of(blocks: Blocks, action: str, subject: Any, user: Any) -> Block | None:
    """Return what is in the way of the action; None where nothing is, or nothing asks."""
    asked = blocks.get(action)
    return asked(subject, user) if asked is not None else None


def refused_by(check: Callable[..., object], *, label: str = "", address: str = "", **asked: Any) -> Block | None:
    """Return what a service's own check refuses, before anybody presses; None where it lets the step pass."""
    try:
        check(**asked)
    except DomainError as refusal:
        return Block(str(refusal), label, address)
    return None
