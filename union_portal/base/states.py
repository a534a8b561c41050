"""State machines by table: what may move where, in code for the screens and in the database for everybody else."""

from collections.abc import Iterable
from dataclasses import dataclass

from union_portal.base.errors import Refused

MACHINES: dict[str, "Machine"] = {}


@dataclass(frozen=True)
class Move:
    """An action that takes a thing from one state to another; `label` is the verb on the button."""

    action: str
    source: str
    target: str
    label: str


class Machine:
    """The allowed moves of one model's state column, registered under its name for the database triggers."""

    def __init__(self, *, name: str, initial: Iterable[str], moves: Iterable[Move]) -> None:
        self.name = name
        self.initial = tuple(initial)
        self.moves = tuple(moves)
        MACHINES[name] = self

    def actions(self, *, state: str) -> tuple[Move, ...]:
        """Return the moves that leave this state, in the table's order."""
        return tuple(move for move in self.moves if move.source == state)

    def allows(self, *, state: str, action: str) -> bool:
        """Tell whether the action may be taken in this state."""
        return any(move.action == action for move in self.actions(state=state))

    def target(self, *, state: str, action: str) -> str:
        """Return the state the action leads to; raise `Refused` when it may not be taken here."""
        for move in self.actions(state=state):
            if move.action == action:
                return move.target
        raise Refused("当前状态下不能进行这一步，请刷新页面查看最新状态。")

    def pairs(self) -> set[tuple[str, str]]:
        """Return every (source, target) the database must accept, with an empty source for initial states."""
        return {("", state) for state in self.initial} | {(move.source, move.target) for move in self.moves}
