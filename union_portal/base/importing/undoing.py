"""Taking a noted batch back: rows it made go, rows it changed or removed are as they were, or nothing happens at all.

What stands in the way is named: rows changed since, rows of others that hang on what was made, and what can only be
written once. How the latter are put right is for their rooms to say.
"""

import json
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import pghistory.models
from django.apps import apps
from django.db import DatabaseError, connection, models, transaction

from union_portal.base.errors import Refused
from union_portal.base.importing.copying import settle_constraints
from union_portal.base.models import AppendOnlyModel, RowChange, StateMove

# Each row's first state and last state within the batch.
_NET = (
    "SELECT key, (array_agg(was ORDER BY id))[1] AS was, (array_agg(became ORDER BY id DESC))[1] AS became"
    " FROM base_rowchange WHERE batch = %s AND of_table = %s GROUP BY key"
)
_NAMED = 5
Model = type[models.Model]


@dataclass
class Effect:
    """What the batch did to the rows of one model, by their keys."""

    model: Model
    made: list[Any] = field(default_factory=list)
    changed: list[Any] = field(default_factory=list)
    gone: list[Any] = field(default_factory=list)

    @property
    def label(self) -> str:
        """Name the kind of row for people."""
        return str(self.model._meta.verbose_name)  # noqa: SLF001


def effects(batch: UUID) -> list[Effect]:
    """Return what the batch did, model by model; rows that it made and removed again are left out."""
    # A proxy shares its table with the model that others point at.
    every = [model for model in apps.get_models(include_auto_created=True) if not model._meta.proxy]  # noqa: SLF001
    tables = {model._meta.db_table: model for model in every}  # noqa: SLF001
    found: dict[Model, Effect] = {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT of_table, key, (array_agg(was IS NULL ORDER BY id))[1],"
            " (array_agg(became IS NULL ORDER BY id DESC))[1]"
            " FROM base_rowchange WHERE batch = %s GROUP BY of_table, key ORDER BY min(id)",
            [batch],
        )
        for table, key, is_new, is_gone in cursor.fetchall():
            model = tables.get(table)
            if model is None:
                raise Refused("这次导入写入的数据表已随升级改变，不能整批撤回。")
            if is_new and is_gone:
                continue
            effect = found.setdefault(model, Effect(model))
            rows = effect.made if is_new else effect.gone if is_gone else effect.changed
            rows.append(model._meta.pk.to_python(key))  # noqa: SLF001
    return list(found.values())


def refuse_what_is_in_the_way(batch: UUID, found: Collection[Effect]) -> None:
    """Lock the batch's rows, and raise `Refused` naming what was changed since, or hangs on them."""
    reasons = [reason for effect in found if not _is_log(effect.model) for reason in _changed_since(batch, effect)]
    reasons += list(_moved_by_steps(found))
    # What the batch let point at its rows is put back with them.
    own = {effect.model: {*effect.made, *effect.changed} for effect in found}
    plain = [effect for effect in found if effect.made and not _is_log(effect.model)]
    reasons += [reason for effect in plain for reason in _hanging_on(effect, own)]
    if reasons:
        more = f"；另有 {len(reasons) - _NAMED:,} 处" if len(reasons) > _NAMED else ""
        raise Refused(f"这次导入不能撤回：{'；'.join(reasons[:_NAMED])}{more}。")


def written_once(found: Collection[Effect]) -> dict[Model, set[Any]]:
    """Return what the batch wrote that nobody deletes, but for the logs of steps: their rooms put it right."""
    return {one.model: set(one.made) for one in found if _is_log(one.model) and not issubclass(one.model, StateMove)}


def logged(found: Collection[Effect]) -> dict[Model, set[Any]]:
    """Return the rows made whose steps are logged: a log is never deleted, so neither are they."""
    kept: dict[Model, set[Any]] = defaultdict(set)
    made = {effect.model: set(effect.made) for effect in found}
    for effect in found:
        if issubclass(effect.model, StateMove):
            moves: Any = effect.model
            subject = moves._meta.get_field("subject").related_model  # noqa: SLF001
            of = set(moves.objects.filter(pk__in=effect.made).values_list("subject", flat=True))
            kept[subject] |= of & made.get(subject, set())
    return {model: keys for model, keys in kept.items() if keys}


@transaction.atomic
def restore(batch: UUID, found: Collection[Effect], *, kept: dict[Model, set[Any]]) -> None:
    """Delete what was made, but for the kept rows and what they hang on; then give the others what they held."""
    staying = _with_what_they_need(kept, {effect.model: set(effect.made) for effect in found})
    plain = [effect for effect in found if not _is_log(effect.model)]
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            for effect in reversed(plain):
                going = set(effect.made) - staying.get(effect.model, set())
                _delete(cursor, effect.model, going)
            for effect in plain:
                if effect.changed:
                    _give_back(cursor, batch, effect.model)
                if effect.gone:
                    _bring_back(cursor, batch, effect.model)
            settle_constraints()
    except DatabaseError as error:
        raise Refused(
            "这次导入不能撤回：它登记的内容已被其他记录使用，或已按步骤办理。请在有关记录的页面上更正。"
        ) from error


def _is_log(model: Model) -> bool:
    return issubclass(model, AppendOnlyModel)


def _changed_since(batch: UUID, effect: Effect) -> Iterator[str]:
    meta = effect.model._meta  # noqa: SLF001
    table, key = _quoted(meta.db_table), _quoted(str(meta.pk.column))
    stamps = [str(one.column) for one in meta.concrete_fields if getattr(one, "auto_now", False)]
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT 1 FROM {table} WHERE {key} = ANY(%s) ORDER BY {key} FOR UPDATE",  # noqa: S608
            [[*effect.made, *effect.changed]],
        )
        cursor.execute(
            f"SELECT net.key, net.became - %s::text[], to_jsonb(t) FROM ({_NET}) net"  # noqa: S608
            f" LEFT JOIN {table} t ON t.{key}::text = net.key WHERE net.became IS NOT NULL"
            " AND NOT coalesce(to_jsonb(t) @> (net.became - %s::text[]), false) ORDER BY net.key",
            [stamps, batch, meta.db_table, stamps],
        )
        moved = cursor.fetchall()
    if len(moved) > _NAMED:
        yield f"{effect.label} {len(moved):,} 条此后已改动"
        return
    for row_key, became, now in moved:
        one = effect.model._base_manager.filter(pk=row_key).first()  # noqa: SLF001
        if one is None:
            yield f"{effect.label} 1 条此后已删除"
        else:
            yield f"{effect.label}“{one}”的{_columns(meta, became, now)}此后已改动"


def _columns(meta: Any, became: str | dict[str, Any], now: str | dict[str, Any]) -> str:
    before, after = (_parsed(one) for one in (became, now))
    labels = {str(one.column): str(one.verbose_name) for one in meta.concrete_fields}
    return "、".join(labels[name] for name in labels if before.get(name) != after.get(name) and name in before)


def _parsed(value: Any) -> dict[str, Any]:
    parsed: dict[str, Any] = json.loads(value) if isinstance(value, str) else value
    return parsed


def _moved_by_steps(found: Collection[Effect]) -> Iterator[str]:
    """Name the rows that were there before and were moved by a logged step: only a step leads back."""
    made = {effect.model: set(effect.made) for effect in found}
    for effect in found:
        if issubclass(effect.model, StateMove):
            moves: Any = effect.model
            subject: Any = moves._meta.get_field("subject").related_model  # noqa: SLF001
            of = set(moves.objects.filter(pk__in=effect.made).values_list("subject", flat=True))
            moved = of - made.get(subject, set())
            if moved:
                first = subject._base_manager.filter(pk__in=moved).first()  # noqa: SLF001
                name = subject._meta.verbose_name  # noqa: SLF001
                yield f"{name} {len(moved):,} 条（{first}）的状态由导入改动并留有记录，请在{name}的页面上另行办理"


def _hanging_on(effect: Effect, own: dict[Model, set[Any]]) -> Iterator[str]:
    """Name the rows of others that point at rows which the batch made."""
    links: list[Any] = effect.model._meta.get_fields(include_hidden=True)  # noqa: SLF001
    for link in links:
        if not (link.auto_created and not link.concrete and (link.one_to_many or link.one_to_one)):
            continue
        other: Any = link.related_model
        # What outlives the row it points at holds nothing back.
        if not getattr(link.field, "db_constraint", True):
            continue
        # History points at everything, and lets it go.
        if issubclass(other, StateMove | pghistory.models.Event) or other._meta.app_label == "pghistory":  # noqa: SLF001
            continue
        count, first = _pointing(link, effect.made, own.get(other, set()))
        if count:
            named = "、".join(str(one) for one in other._base_manager.filter(pk__in=first))  # noqa: SLF001
            theirs, more = other._meta.verbose_name, "…" if count > len(first) else ""  # noqa: SLF001
            yield f"{theirs} {count:,} 条（{named}{more}）已登记在它的{effect.label}上"


def _pointing(link: Any, made: Collection[Any], own: Collection[Any]) -> tuple[int, list[Any]]:
    """Return how many rows not the batch's own point at the made ones by the link, and the first of them."""
    meta = link.related_model._meta  # noqa: SLF001
    key, pointer = _quoted(str(meta.pk.column)), _quoted(str(link.field.column))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT count(*), (array_agg({key} ORDER BY {key}))[1:2] FROM {_quoted(meta.db_table)}"  # noqa: S608
            f" WHERE {pointer} = ANY(%s) AND NOT {key} = ANY(%s)",
            [list(made), list(own)],
        )
        count, first = cursor.fetchone()
    return count, first or []


def _with_what_they_need(kept: dict[Model, set[Any]], made: dict[Model, set[Any]]) -> dict[Model, set[Any]]:
    """Add the made rows that kept ones point at, and what those point at."""
    staying: dict[Model, set[Any]] = defaultdict(set)
    due = list(kept.items())
    while due:
        model, keys = due.pop()
        new = keys - staying[model]
        staying[model] |= new
        for link in model._meta.concrete_fields:  # noqa: SLF001
            target: Any = link.related_model
            if new and target in made:
                named = model._base_manager.filter(pk__in=new).values_list(link.attname, flat=True)  # noqa: SLF001
                due.append((target, set(named) & made[target]))
    return staying


def _delete(cursor: Any, model: Model, keys: Collection[Any]) -> None:
    meta = model._meta  # noqa: SLF001
    if keys:
        cursor.execute(
            f"DELETE FROM {_quoted(meta.db_table)} WHERE {_quoted(str(meta.pk.column))} = ANY(%s)",  # noqa: S608
            [list(keys)],
        )


def _give_back(cursor: Any, batch: UUID, model: Model) -> None:
    """Set the changed rows' columns to what they held; columns that came later stay, days of change too."""
    meta = model._meta  # noqa: SLF001
    table, key = _quoted(meta.db_table), _quoted(str(meta.pk.column))
    names = [_quoted(str(one.column)) for one in _written(model) if not getattr(one, "auto_now", False)]
    cursor.execute(
        f"UPDATE {table} SET {', '.join(f'{name} = was.{name}' for name in names)}"  # noqa: S608
        f" FROM ({_NET}) net, {table} held, LATERAL jsonb_populate_record(held, net.was) was"
        f" WHERE held.{key}::text = net.key AND {table}.{key} = held.{key}"
        " AND net.was IS NOT NULL AND net.became IS NOT NULL",
        [batch, meta.db_table],
    )


def _bring_back(cursor: Any, batch: UUID, model: Model) -> None:
    meta = model._meta  # noqa: SLF001
    table = _quoted(meta.db_table)
    names = [_quoted(str(meta.pk.column)), *(_quoted(str(one.column)) for one in _written(model))]
    cursor.execute(
        f"INSERT INTO {table} ({', '.join(names)}) SELECT {', '.join(f'was.{name}' for name in names)}"  # noqa: S608
        f" FROM ({_NET}) net, LATERAL jsonb_populate_record(NULL::{table}, net.was) was"
        " WHERE net.was IS NOT NULL AND net.became IS NULL",
        [batch, meta.db_table],
    )


def _written(model: Model) -> list[Any]:
    fields = model._meta.concrete_fields  # noqa: SLF001
    return [one for one in fields if not one.primary_key and not getattr(one, "generated", False)]


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)


def changes_of(batch: UUID) -> "models.QuerySet[RowChange]":
    """Return the changes of rows that were there before, in the order in which they were made."""
    return RowChange.objects.filter(batch=batch, was__isnull=False, became__isnull=False).order_by("pk")
