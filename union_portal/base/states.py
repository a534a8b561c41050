"""State machines by table: what may move where, in code for the screens and in the database for everybody else."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Model

from union_portal.base.errors import Refused

MACHINES: dict[str, "Machine"] = {}


@dataclass(frozen=True)
class Move:
    """An action that takes a thing from one state to another; `label` is the verb on the button.

    The step's page asks for the model's `fields` and for those in `required`, which must be filled there although the
    row may begin without them. `why` asks for a reason. `permission` is asked with the row: a full name, or a word that
    stands for `app.word_model`; without one whoever may change the row takes the step.
    """

    action: str
    source: str
    target: str
    label: str
    fields: tuple[str, ...] = ()
    required: tuple[str, ...] = ()
    why: bool = False
    permission: str = ""

    @property
    def done(self) -> str:
        """What is said of the thing once the step is taken, after its name."""
        return f"：{self.label}" if self.label.startswith(("不", "暂")) else f"已{self.label}"

    @property
    def asked(self) -> tuple[str, ...]:
        """The fields that the step's page asks for."""
        return tuple(dict.fromkeys((*self.required, *self.fields)))


class Machine:
    """The allowed moves of one model's state column, registered under its name for the database triggers.

    `notes` say of an action, in a sentence beside its button, what pressing it does; `following` of a state what comes
    next and who does it, at the head of the row's page.
    """

    def __init__(
        self,
        *,
        name: str,
        initial: Iterable[str],
        moves: Iterable[Move],
        notes: Mapping[str, str] | None = None,
        following: Mapping[str, str] | None = None,
    ) -> None:
        self.name = name
        self.initial = tuple(initial)
        self.moves = tuple(moves)
        self.notes = dict(notes or {})
        self.following = dict(following or {})
        MACHINES[name] = self

    def actions(self, *, state: str) -> tuple[Move, ...]:
        """Return the moves that leave this state, in the table's order."""
        return tuple(move for move in self.moves if move.source == state)

    def leads_on(self, *, state: str) -> tuple[Move, ...]:
        """Return the moves that take a thing on from this state; one that needs a reason takes it back or away."""
        return tuple(move for move in self.actions(state=state) if not move.why and move.target != state)

    def allows(self, *, state: str, action: str) -> bool:
        """Tell whether the action may be taken in this state."""
        return any(move.action == action for move in self.actions(state=state))

    def steps(self) -> tuple[Move, ...]:
        """Return every action once, by its first move, in the table's order."""
        found: dict[str, Move] = {}
        for move in self.moves:
            found.setdefault(move.action, move)
        return tuple(found.values())

    def target(self, *, state: str, action: str) -> str:
        """Return the state the action leads to; raise `Refused` when it may not be taken here."""
        return self.step(state=state, action=action).target

    def step(self, *, state: str, action: str) -> Move:
        """Return the move that the action is in this state; raise `Refused` when it may not be taken here."""
        for move in self.actions(state=state):
            if move.action == action:
                return move
        raise Refused("当前状态下不能进行这一步，请刷新页面查看最新状态。")

    def pairs(self) -> set[tuple[str, str]]:
        """Return every (source, target) the database must accept, with an empty source for initial states."""
        return {("", state) for state in self.initial} | {(move.source, move.target) for move in self.moves}


def machine_of(model: Model | type[Model]) -> Machine | None:
    """Return the machine that moves a model's state: its own `machine`, or the one registered under its label."""
    own = getattr(model, "machine", None)
    return own if isinstance(own, Machine) else MACHINES.get(model._meta.label_lower)  # noqa: SLF001
