"""A room's permissions as a short table: one line for each model, `app.verb_model` for each verb."""

from typing import Any

from rules.permissions import add_perm


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
