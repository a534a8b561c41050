"""The only way a row of a state machine is born and moves: lock it, ask the table, validate, save, log.

A model says which table it follows by `machine = X_MACHINE`; its log is the model that points at it as `moves`. The
database refuses a state that changes without its line.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from django.apps import apps
from django.core.exceptions import NON_FIELD_ERRORS, FieldDoesNotExist, ValidationError
from django.db import DataError, IntegrityError, connection, transaction
from django.db.models import Case, CheckConstraint, Deferrable, Model, QuerySet, Value, When
from django.utils import timezone

from union_portal.base.errors import Conflict, DomainError, Refused
from union_portal.base.models.abstract import StateMove
from union_portal.base.models.constraints import named_in
from union_portal.base.states import Move, machine_of

M = TypeVar("M", bound=Model)
BIRTH = "begin"
CHANGED_MEANWHILE = "内容已在其他窗口或被同事修改。您填写的内容保留在下方，请对照后再提交。"


@dataclass(frozen=True)
class Entry:
    """One line of a row's history: when, who, what in words, and why."""

    at: dt.datetime
    actor: Any
    label: str
    reason: str


def log_of(model: type[Model]) -> type[StateMove] | None:
    """Return the model's log of moves, or None."""
    try:
        log = model._meta.get_field("moves").related_model  # noqa: SLF001
    except FieldDoesNotExist:
        return None
    return log if isinstance(log, type) and issubclass(log, StateMove) else None


def hold(subject: M, *related: str) -> M:
    """Return the row as it stands now, locked until the transaction ends, with these related rows read."""
    rows: Any = type(subject)._default_manager.select_for_update(of=("self",))  # noqa: SLF001
    held: M = rows.select_related(*related).get(pk=subject.pk) if related else rows.get(pk=subject.pk)
    return held


def unchanged(held: Any, *, version: int | None) -> None:
    """Raise Conflict when the row has another version than the form that was filled in; None skips the check."""
    if version is not None and held.version != version:
        raise Conflict(CHANGED_MEANWHILE)


@transaction.atomic
def take(*, subject: M, action: str, actor: Any, why: str = "", version: int | None = None, **values: Any) -> M:
    """Take the action: set the values and the state the table leads to, and log who moved it and why.

    Returns the row as it stands afterwards, locked. With `version` a form that was filled in from an older row raises
    Conflict, and the row's version rises. Raises Refused when the table does not allow the action in this state, and a
    DomainError at the field that is missing or wrong.
    """
    held: Any = hold(subject)
    unchanged(held, version=version)
    source, why = held.state, why.strip()
    step = held.machine.step(state=source, action=action)
    _ask(held, step, why, values)
    for name, value in values.items():
        setattr(held, name, value)
    held.state = step.target
    touched = ["state", *values]
    if version is not None:
        held.version += 1
        touched.append("version")
    _log(held, action=action, source=source, actor=actor, why=why)
    saved(held, fields=touched)
    return held  # type: ignore[no-any-return]


def move(held: Any, action: str, *, actor: Any, why: str = "", **changes: Any) -> None:
    """Take a row that is held already to where the action leads, with the changes; log it.

    For services that check more than the table does between the lock and the step. Raises Refused when the table does
    not allow the action here, a DomainError for what it needs.
    """
    source, why = held.state, why.strip()
    step = held.machine.step(state=source, action=action)
    _ask(held, step, why, changes)
    held.state = step.target
    for name, value in changes.items():
        setattr(held, name, value)
    _log(held, action=action, source=source, actor=actor, why=why)
    held.save(update_fields=["state", *changes])


@transaction.atomic
def record(made: M, *, actor: Any, why: str = "") -> M:
    """Save a new row that passes every check of its model, and log its birth. Raises DomainError at the field."""
    machine = machine_of(made)
    if machine is not None and made.state not in machine.initial:  # type: ignore[attr-defined]
        raise Refused("新登记的记录不能直接处于这个状态。", field="state")
    saved(made)
    begin(made, actor=actor, why=why)
    return made


def begin(made: Any, *, actor: Any, why: str = "") -> None:
    """Log the birth of a saved row in its first state; a model without states has none."""
    if machine_of(made) is not None:
        _log(made, action=BIRTH, source="", actor=actor, why=why.strip())


def saved(row: M, *, fields: list[str] | None = None) -> M:
    """Save a row that passes its model's checks: its fields (or only these), `clean` and every constraint.

    Raises a DomainError at the field, in the words of the model; also when another writer was faster. The database
    judges the constraints as it saves, so that a sound row costs no look-ups; only of a row that it refused is asked
    which constraint it broke.
    """
    meta = row._meta  # noqa: SLF001
    untouched = {field.name for field in meta.fields if fields is not None and field.name not in fields}
    # Whoever was read or handed in as an object is there: only keys given bare are looked up.
    at_hand = set(row._state.fields_cache)  # noqa: SLF001
    try:
        row.clean_fields(exclude=untouched | at_hand)
        row.clean()
        _ask_deferred(row)
        with transaction.atomic():
            row.save(update_fields=fields)
    except ValidationError as error:
        raise refusal(error) from error
    except (IntegrityError, DataError) as error:
        _complain(row, untouched)
        if isinstance(error, DataError):
            raise
        raise explained(error, type(row)) from error
    return row


def _ask_deferred(row: Model) -> None:
    """Raise ValidationError for a constraint that the database would only judge at the end of the transaction."""
    for constraint in row._meta.constraints:  # noqa: SLF001
        if getattr(constraint, "deferrable", None) == Deferrable.DEFERRED:
            constraint.validate(type(row), row)


def _complain(row: Model, untouched: set[str]) -> None:
    """Raise the model's own complaint, at its field, about a row that the database refused, if it has one."""
    try:
        row.validate_unique(exclude=untouched)
    except ValidationError as error:
        raise refusal(error) from error
    own = [(model, constraint) for model, constraints in row.get_constraints() for constraint in constraints]
    # Days in the wrong order are said before what they lie across.
    for model, constraint in sorted(own, key=lambda pair: not isinstance(pair[1], CheckConstraint)):
        try:
            constraint.validate(model, row)
        except ValidationError as error:
            raise refusal(error, among=named_in(constraint)) from error


def refusal(error: ValidationError, *, among: tuple[str, ...] = ()) -> DomainError:
    """Return a model's complaint as a DomainError at the first field it names, else at one of those it is about."""
    if not hasattr(error, "error_dict"):
        return DomainError("；".join(error.messages), among=among)
    name, messages = next(iter(error.message_dict.items()))
    return DomainError("；".join(messages), field=None if name == NON_FIELD_ERRORS else name, among=among)


def explained(error: IntegrityError, model: type[Model] | None = None) -> DomainError:
    """Return what the database refused in the constraint's own words; of the model, or of whichever has it."""
    name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None)
    models = apps.get_models() if model is None else [model]
    found = next((one for own in models for one in own._meta.constraints if one.name == name), None)  # noqa: SLF001
    if found is not None:
        return Refused(str(found.get_violation_error_message()), among=named_in(found))
    return Refused("与已有的记录冲突，请刷新页面核对后再办理。")


@transaction.atomic
def take_all(queryset: "QuerySet[M]", *, action: str, actor: Any, why: str = "", **values: Any) -> int:
    """Take one action on many rows at once: one UPDATE, and one INSERT of their moves; return how many rows moved.

    All go or none: raises Refused when the table does not allow it for every row, DomainError for a missing value.
    """
    model: Any = queryset.model
    rows = dict(queryset.order_by().select_for_update(of=("self",)).values_list("pk", "state"))
    moves = {move.source: move for move in model.machine.moves if move.action == action}
    if len(rows) == 1:
        model.machine.step(state=next(iter(rows.values())), action=action)
    stuck = sum(1 for state in rows.values() if state not in moves)
    if stuck or not moves:
        raise Refused(f"选中的记录中有 {stuck:,} 条在目前的状态下不能办理这一步。" if stuck else "没有这一步。")
    _ask(model(), next(iter(moves.values())), why.strip(), values)
    targets = Case(*(When(state=source, then=Value(move.target)) for source, move in moves.items()))
    log: Any = log_of(model)
    try:
        with transaction.atomic():
            held = model._default_manager.filter(pk__in=list(rows))  # noqa: SLF001
            _log_all(model, log, list(rows), moves, actor, why.strip())
            held.update(**values, state=targets)
    except IntegrityError as error:
        raise explained(error, model) from error
    return len(rows)


def timeline(subject: Any, moves: "QuerySet[Any] | None" = None) -> list[Entry]:
    """Return a row's moves (or only these of them) in words, oldest first; a model without a log has none."""
    if log_of(type(subject)) is None:
        return []
    labels = {(move.action, str(move.source)): move.label for move in subject.machine.moves}
    # A step that once led from elsewhere keeps its name.
    known = {step.action: step.label for step in subject.machine.steps()}
    found = (subject.moves if moves is None else moves).select_related("actor")
    words = [labels.get((move.action, move.source)) or known.get(move.action, "登记") for move in found]
    return [Entry(move.at, move.actor, said, move.reason) for move, said in zip(found, words, strict=True)]


def _ask(subject: Model, step: Move, why: str, values: Mapping[str, Any]) -> None:
    """Raise a DomainError for what the step needs and was not given."""
    if step.why and not why:
        raise DomainError("请写明原因。", field="why")
    for name in step.required:
        if values.get(name, getattr(subject, name)) in (None, ""):
            label = subject._meta.get_field(name).verbose_name  # type: ignore[union-attr]  # noqa: SLF001
            raise DomainError(f"请填写“{label}”。", field=name)


def _log(held: Any, *, action: str, source: str, actor: Any, why: str) -> None:
    log: Any = log_of(type(held))
    log.objects.create(subject=held, action=action, source=source, target=held.state, actor=actor, reason=why)


def _log_all(
    model: type[Model], log: type[StateMove], keys: list[Any], moves: Mapping[str, Move], actor: Any, why: str
) -> None:
    quote = connection.ops.quote_name
    table, key = quote(model._meta.db_table), quote(str(model._meta.pk.column))  # noqa: SLF001
    subject = next(field for field in log._meta.fields if field.name == "subject")  # noqa: SLF001
    whens = " ".join("WHEN %s THEN %s" for _move in moves)
    words = [word for source, move in moves.items() for word in (str(source), str(move.target))]
    action = next(iter(moves.values())).action
    sql = (
        f"INSERT INTO {quote(log._meta.db_table)}"  # noqa: S608, SLF001 -- names of the models, values are parameters
        f" ({quote(str(subject.column))}, action, source, target, actor_id, reason, at)"
        f" SELECT {key}, %s, state, CASE state {whens} END, %s, %s, %s FROM {table} WHERE {key} = ANY(%s)"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [action, *words, getattr(actor, "pk", None), why, timezone.now(), keys])
