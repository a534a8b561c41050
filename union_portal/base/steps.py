"""What every step does first and last: lock the row, check the table of moves, log who moved it and why."""

from typing import Any, TypeVar

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model

from union_portal.base.errors import Conflict

M = TypeVar("M", bound=Model)
CHANGED_MEANWHILE = "内容已在其他窗口或被同事修改。您填写的内容保留在下方，请对照后再提交。"


def hold(subject: M, *related: str) -> M:
    """Return the row as it stands now, locked until the transaction ends."""
    rows: Any = type(subject)._default_manager.select_for_update(of=("self",))  # noqa: SLF001
    held: M = rows.select_related(*related).get(pk=subject.pk) if related else rows.get(pk=subject.pk)
    return held


def log_of(model: type[Model]) -> Any:
    """Return the model's log of moves, or None where who moved it stands on the row itself."""
    try:
        return model._meta.get_field("moves").related_model  # noqa: SLF001
    except FieldDoesNotExist:
        return None


def move(held: Any, action: str, *, actor: Any, why: str = "", **changes: Any) -> None:
    """Take the held row to where the action leads, with the changes; log it. Raises Refused when not allowed here."""
    source = held.state
    held.state = held.machine.target(state=source, action=action)
    for name, value in changes.items():
        setattr(held, name, value)
    held.save(update_fields=["state", *changes])
    log = log_of(type(held))
    if log is not None:
        log.objects.create(subject=held, action=action, source=source, target=held.state, actor=actor, reason=why)


def begin(made: Any, *, actor: Any, why: str = "") -> None:
    """Log the birth of a row in its first state."""
    log = log_of(type(made))
    log.objects.create(subject=made, action="begin", source="", target=made.state, actor=actor, reason=why)


def unchanged(held: Any, *, version: int | None) -> None:
    """Raise Conflict when the row has another version than the form that was filled in; None skips the check."""
    if version is not None and held.version != version:
        raise Conflict(CHANGED_MEANWHILE)


def timeline(subject: Any) -> list[dict[str, Any]]:
    """Return a row's moves with their labels, oldest first; who, when and why as they were logged."""
    labels = {(move.action, str(move.source)): move.label for move in subject.machine.moves}
    return [
        {
            "at": move.at,
            "actor": move.actor,
            "label": labels.get((move.action, move.source), "登记"),
            "reason": move.reason,
        }
        for move in subject.moves.select_related("actor")
    ]
