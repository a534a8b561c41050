"""The fast engine: one main table, compared in memory and written by COPY; further tables through hooks."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar

import psycopg
from django.db import DatabaseError, models
from django.db.models import Field
from django.utils.functional import cached_property

from union_portal.base.importing.constraints import explain, refuse_taken
from union_portal.base.importing.copying import copy_rows, fetch_rows, reserve_keys, settle_constraints, update_rows
from union_portal.base.importing.fields import (
    BoundColumn,
    Computed,
    bound_columns,
    check_of,
    default_of,
    may_be_emptied,
    storer,
)
from union_portal.base.importing.parsing import Check
from union_portal.base.importing.preview import Status
from union_portal.base.importing.resource import ImportResource
from union_portal.base.importing.rows import Row
from union_portal.base.models import AppendOnlyModel


class TableResource(ImportResource):
    """Imports into `Meta.model`. Columns with `attribute=None` live in other tables: see the `related` hooks."""

    computed: ClassVar[tuple[Computed, ...]] = ()

    def __init__(self, *, actor: Any = None, **kwargs: Any) -> None:
        super().__init__(actor=actor, **kwargs)
        self.model: type[models.Model] = self._meta.model
        # The register's records as stored, by primary key: ciphertext stays ciphertext.
        self._stored: dict[Any, tuple[Any, ...]] = {}
        # Where in such a record a field stands; the primary key is first.
        self._places: dict[str, int] = {}

    # -- for authors -------------------------------------------------------------------------------------------------

    def is_known(self, record: Sequence[Any]) -> bool:  # noqa: ARG002
        """Tell whether a list may mean a stored record that bears its key; one that was cancelled is known no more."""
        return True

    def related_values(self, pks: Sequence[Any]) -> Mapping[Any, Mapping[str, Any]]:
        """Return by primary key what other tables hold for the columns with `attribute=None`."""
        del pks
        return {}

    def before_change(self, rows: Sequence[Row]) -> None:
        """Write what the database asks for before these rows change."""

    def save_related(self, rows: Sequence[Row]) -> None:
        """Write other tables for the new and changed rows, whose `pk` is set; runs in the same transaction."""

    # -- the engine --------------------------------------------------------------------------------------------------

    @cached_property
    def bound(self) -> list[BoundColumn]:
        """The file's columns that the main table holds."""
        return bound_columns(self.columns, [column.key for column in self.present], self.model)

    def checks(self) -> dict[str, Check]:
        """Return the model fields' own checks."""
        found = {column.key: check_of(column.field) for column in self.bound if column.index is None}
        return {key: check for key, check in found.items() if check is not None}

    def load_current(self, rows: Sequence[Row]) -> None:
        """Find every row's record by its key columns and compare."""
        by_key = {column.key: column for column in self.bound}
        keys = [by_key[key] for key in self.key_columns]
        identified: dict[tuple[Any, ...], Row] = {}
        for row in rows:
            identity = tuple(row.values.get(column.key) for column in keys)
            if None not in identity:
                identified.setdefault(tuple(c.compared_value(v) for c, v in zip(keys, identity, strict=True)), row)
        fields = self._read_fields()
        key_places = [fields.index(column.compared) + 1 for column in keys]
        # What is written once never changes: there is nothing to lock, nor may it be.
        lock = self.saving and not issubclass(self.model, AppendOnlyModel)
        found = fetch_rows(self.model, fields, keys=[c.compared for c in keys], values=list(identified), lock=lock)
        self._places = {field.name: place for place, field in enumerate(fields, 1)}
        found = [record for record in found if self.is_known(record)]
        related = self.related_values([record[0] for record in found])
        plain = [(c.key, self._places[c.field.name]) for c in self.bound if c.is_plain]
        readers = [(c.key, self._reader(c)) for c in self.bound if not c.is_plain]
        for record in found:
            row = identified[tuple(["" if record[place] is None else record[place] for place in key_places])]
            row.pk = record[0]
            self._stored[row.pk] = record
            row.current = {key: record[place] if record[place] != "" else None for key, place in plain}
            for key, read in readers:
                row.current[key] = read(row, record)
            if related:
                row.current.update(related.get(row.pk, {}))

    def check_rows(self, rows: Sequence[Row]) -> None:
        """Refuse what the columns of the main table cannot hold."""
        for column in self.bound:
            if not may_be_emptied(column.field):
                for row in rows:
                    if column.key in row.values and row.values[column.key] is None:
                        row.fault(column.key, "不能为空")
        needed = [c for c in self.kind.columns if c.field_name is not None and not c.required and self._needed(c)]
        for row in rows:
            if row.is_new:
                for lacking in needed:
                    if row.values.get(lacking.key) is None and not any(k == lacking.key for k, _r in row.faults):
                        row.fault(lacking.key, "新增记录时不能为空")
        refuse_taken(self.model, self.bound, rows)

    def save_rows(self, rows: Sequence[Row]) -> None:
        """Update the changed rows, COPY the new ones, then let `save_related` follow."""
        new = [row for row in rows if row.status is Status.NEW]
        changed = [row for row in rows if row.status is Status.CHANGED]
        self.progress(0.75, f"正在写入新增 {len(new):,} 行、修改 {len(changed):,} 行")
        try:
            # What a list ends makes room for what it begins: dated rows may not overlap for a moment either.
            if changed:
                self.before_change(changed)
                self._update(changed)
            if new:
                self._insert(new)
            if new or changed:
                self.save_related([*new, *changed])
                settle_constraints()
        except (DatabaseError, psycopg.Error) as error:
            raise explain(error, model=self.model, bound=self.bound, new=new, all_=[*new, *changed]) from error

    def _insert(self, rows: Sequence[Row]) -> None:
        meta = self.model._meta  # noqa: SLF001
        pk = meta.pk
        filled = self._fillers()
        fields: list[Field[Any, Any]] = []
        makers: list[Callable[[Row], Any]] = []
        for field in meta.concrete_fields:
            maker = None if field.generated else filled.get(field.name) or self._default_maker(field)
            if maker is not None:
                fields.append(field)
                makers.append(maker)
        if isinstance(pk, models.AutoField):
            for row, key in zip(rows, reserve_keys(self.model, len(rows)), strict=True):
                row.pk = key
        copy_rows(self.model, fields, zip(*(map(make, rows) for make in makers), strict=True))

    def _update(self, rows: Sequence[Row]) -> None:
        touched = [field for column in self.bound for field in column.fields()]
        touched += [self._field(name) for part in self._live_computed() for name in part.fields]
        filled = self._fillers()
        makers = [filled[field.name] for field in touched]
        stamps = [f for f in self.model._meta.concrete_fields if getattr(f, "auto_now", False)]  # noqa: SLF001
        main = {column.key for column in self.bound}
        makers += [self._default_maker(stamp) or (lambda _row: None) for stamp in stamps]
        update_rows(
            self.model,
            [*touched, *stamps],
            ([row.pk, *(make(row) for make in makers)] for row in rows if main.intersection(row.changed_keys())),
        )

    def _fillers(self) -> dict[str, Callable[[Row], Any]]:
        """Return by field name what a row's stored value is made of."""
        makers: dict[str, Callable[[Row], Any]] = {}
        for column in self.bound:
            for field in column.fields():
                makers[field.name] = self._filler(column, field)
        for part in self._live_computed():
            results: dict[tuple[Any, ...], tuple[Any, ...]] = {}
            for place, name in enumerate(part.fields):
                makers[name] = self._computer(part, place, self._field(name), results)
        return makers

    def _filler(self, column: BoundColumn, field: "Field[Any, Any]") -> Callable[[Row], Any]:
        key, default = column.key, default_of(field)

        place = self._places.get(field.name, 0)
        store = column.compared_value if field is column.index else column.stored_value

        def fill(row: Row) -> Any:
            if key in row.values:
                value = row.values[key]
                if row.current is None or value != row.current[key]:
                    return store(value)
            elif row.current is None:
                return default() if default else None
            return self._stored[row.pk][place]

        return fill

    def _computer(
        self, part: Computed, place: int, field: "Field[Any, Any]", results: dict[tuple[Any, ...], tuple[Any, ...]]
    ) -> Callable[[Row], Any]:
        store = storer(field)

        def compute(row: Row) -> Any:
            if row.current is not None and not set(part.sources).intersection(row.changed_keys()):
                return self._stored[row.pk][self._places[field.name]]
            values = tuple([row.get(source) for source in part.sources])
            result = results.get(values)
            if result is None:
                result = results[values] = part.function(*values)
            return store(result[place])

        return compute

    def _default_maker(self, field: "Field[Any, Any]") -> Callable[[Row], Any] | None:
        if isinstance(field, models.AutoField):
            return lambda row: row.pk
        default = default_of(field)
        return None if default is None else lambda _row: default()

    def _reader(self, column: BoundColumn) -> Callable[[Row, tuple[Any, ...]], Any]:
        """Return how a stored value is read for comparing: encrypted ones are only decrypted when the index differs."""
        place = self._places[column.field.name]
        if column.index is None:
            return lambda _row, record: column.revealed(record[place])
        index_place, key = self._places[column.index.name], column.key

        def read(row: Row, record: tuple[Any, ...]) -> Any:
            value = row.values.get(key)
            if value is not None and record[index_place] == column.compared_value(value):
                return value
            return column.revealed(record[place])

        return read

    def _read_fields(self) -> list["Field[Any, Any]"]:
        fields = [field for column in self.bound for field in column.fields()]
        fields += [self._field(name) for part in self._live_computed() for name in part.fields]
        return list(dict.fromkeys(fields))

    def _live_computed(self) -> list[Computed]:
        keys = {column.key for column in self.bound}
        return [part for part in self.computed if keys.intersection(part.sources)]

    def _needed(self, column: Any) -> bool:
        field = self._field(str(column.field_name))
        return not field.null and not field.blank and not field.has_default()

    def _field(self, name: str) -> "Field[Any, Any]":
        field = self.model._meta.get_field(name)  # noqa: SLF001
        if not isinstance(field, Field):
            raise TypeError(f"{self.model.__name__}.{name} is no column")
        return field
