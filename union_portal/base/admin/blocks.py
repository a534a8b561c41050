"""Why a step that the row's state allows cannot succeed now: said where its button would stand."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from union_portal.base.errors import DomainError


@dataclass(frozen=True)
class Block:
    """What stands in the way, in a sentence; `label` and `address` lead to where it is mended, if anywhere."""

    why: str
    label: str = ""
    address: str = ""


def refused_by(check: Callable[..., object], *, label: str = "", address: str = "", **asked: Any) -> Block | None:
    """Return what a service's own check refuses, before anybody presses; None where it lets the step pass."""
    try:
        check(**asked)
    except DomainError as refusal:
        return Block(str(refusal), label, address)
    return None
