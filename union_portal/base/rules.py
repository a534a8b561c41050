"""A room's permissions as a short table: one line for each model, `app.verb_model` for each verb."""

from typing import Any

from django.db.models import Model
from rules.permissions import add_perm

from union_portal.base.states import Move, machine_of


def allow(app: str, model: str, *, view: Any, add: Any = None, **verbs: Any) -> None:
    """Say who may do what with a model.

    `view` also exports the list unless `export` says otherwise; `add` also changes and imports unless `change` or
    `import_` says otherwise, and without it nobody does. Any other verb is a step of the model's own, as its `Move`s
    name it. The row itself is judged by the list: a desk's row is always one that the account may see.
    """
    found = {"view": view, "export": view, "add": add, "change": add, "import": add}
    found |= {verb.removesuffix("_"): who for verb, who in verbs.items()}
    for verb, who in found.items():
        if who is not None:
            add_perm(f"{app}.{verb}_{model}", who)


def permission_of(model: Model | type[Model], move: Move) -> str:
    """Return the full name of the permission that a move of the model needs."""
    name, meta = move.permission or "change", model._meta  # noqa: SLF001
    return name if "." in name else f"{meta.app_label}.{name}_{meta.model_name}"


def may(user: Any, action: str, subject: Any) -> bool:
    """Tell whether the account may take the action with the row as it stands: by the table, and by the permission."""
    machine = machine_of(subject)
    moves = machine.actions(state=subject.state) if machine is not None else ()
    return any(move.action == action and user.has_perm(permission_of(subject, move), subject) for move in moves)
