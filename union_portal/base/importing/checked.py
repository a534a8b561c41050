"""Lists whose rows pass one by one through every check of the screen, where a model judges more than constraints say.

A query or two a row: for lists of hundreds, not of tens of thousands.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, ClassVar

from union_portal.base.importing.lists import ModelList
from union_portal.base.importing.lookups import NAMES
from union_portal.base.importing.rows import Row
from union_portal.base.importing.services import RowResource
from union_portal.base.importing.table import TableResource
from union_portal.base.spreadsheets.parsers import Parser
from union_portal.base.spreadsheets.raw import Raw
from union_portal.base.steps import record, saved


class CheckedList(ModelList, RowResource):
    """A list of the model's records that are recorded and saved as the screen does, `clean` included.

    The preview tries it and takes everything back, later rows seeing the earlier ones. A room adds to `filled` what a
    row holds besides its cells, and to `save_row` what follows.
    """

    def whole(self) -> Iterator[list[Any]]:
        """Yield the records by their fields."""
        return TableResource.whole(self)

    def check_rows(self, rows: Sequence[Row]) -> None:
        """Judge by the fields first, then by trying: later rows build on the earlier ones."""
        TableResource.check_rows(self, rows)
        RowResource.check_rows(self, rows)

    def save_rows(self, rows: Sequence[Row]) -> None:
        """Save row by row; the first refusal takes all back."""
        RowResource.save_rows(self, rows)

    def filled(self, row: Row) -> dict[str, Any]:
        """Return by attribute what the row's cells say."""
        found: dict[str, Any] = {}
        for column in self.bound:
            if column.key in row.values:
                value = row.values[column.key]
                found[column.field.attname] = "" if value is None and not column.field.null else value
        return found

    def save_row(self, row: Row) -> None:
        """Record the new row, or save what the file changes."""
        one: Any = self.model() if row.is_new else self.model._default_manager.get(pk=row.pk)  # noqa: SLF001
        for name, value in self.filled(row).items():
            setattr(one, name, value)
        row.pk = (record(one, actor=self.actor) if row.is_new else saved(one)).pk


class _Named(Parser):
    """A name, standing below zero until the row has told whose it is."""

    as_text = True

    def __init__(self) -> None:
        self.new: list[str] = []
        self.known: dict[Any, str] = {}

    def parse(self, raw: Raw) -> int:
        name = str(raw).strip(" 《》")
        self.new += [] if name in self.new else [name]
        return -1 - self.new.index(name)

    def show(self, value: Any) -> str:
        return "" if value is None else self.new[-1 - value] if value < 0 else self.known[value]


class ChildList(CheckedList):
    """Rows that belong to a record which the list names, and makes the first time it is named.

    `parent` is the foreign key to it; of its fields the file may tell those in `about`, and a difference is saved.
    """

    parent: ClassVar[str]
    about: ClassVar[tuple[str, ...]]

    def __init_subclass__(cls, **kwargs: Any) -> None:
        if hasattr(cls, "model") and "model" in vars(cls):
            fields = cls.parents()._meta  # noqa: SLF001
            told = [replace(cls._column(fields.get_field(name)), attribute=None, required=False) for name in cls.about]
            cls.extra = (*cls.extra, *told)
        super().__init_subclass__(**kwargs)

    @classmethod
    def parents(cls) -> Any:
        """Return the parent's model."""
        return cls.model._meta.get_field(cls.parent).related_model  # noqa: SLF001

    def choose(self, row: Row, found: Sequence[Any]) -> Any:  # noqa: ARG002
        """Return which of the parents of the row's name is meant; None: a new one."""
        return found[-1] if found else None

    def begun(self, row: Row, found: Sequence[Any]) -> dict[str, Any]:  # noqa: ARG002
        """Return what a new parent begins with where the file does not say, beside those of its name."""
        return {}

    @property
    def _name(self) -> str:
        fields = {field.name for field in self.parents()._meta.concrete_fields}  # noqa: SLF001
        return next(name for name in NAMES if name in fields)

    def prepare(self) -> None:
        """Read names as they come: the row says whose they are."""
        super().prepare()
        self.parsers[self.parent] = _Named()

    def load_current(self, rows: Sequence[Row]) -> None:
        """Find the parents first: rows are known by them."""
        parser: Any = self.parsers[self.parent]
        found: dict[str, list[Any]] = {}
        for one in self.parents()._default_manager.filter(**{f"{self._name}__in": parser.new}):  # noqa: SLF001
            found.setdefault(getattr(one, self._name), []).append(one)
        for row in rows:
            name = parser.show(row.values[self.parent]) if self.parent in row.values else ""
            chosen = self.choose(row, found.get(name, []))
            if chosen is not None:
                row.values[self.parent] = chosen.pk
                parser.known[chosen.pk] = name
        super().load_current(rows)

    def related_values(self, pks: Sequence[Any]) -> Mapping[Any, dict[str, Any]]:
        """Compare what the file tells of the parents."""
        rows: Any = self.model._default_manager.filter(pk__in=pks).select_related(self.parent)  # noqa: SLF001
        return {one.pk: {name: getattr(getattr(one, self.parent), name) or None for name in self.about} for one in rows}

    def filled(self, row: Row) -> dict[str, Any]:
        """Add the parent, made where it is new."""
        name = self.shown(self.parent, row.values[self.parent])
        same = self.parents()._default_manager.filter(**{self._name: name})  # noqa: SLF001
        told = {key: row.values[key] for key in self.about if row.values.get(key) is not None}
        found = list(same)
        chosen = self.choose(row, found)
        if chosen is None:
            chosen = self.parents()(**{self._name: name, **self.begun(row, found)})
        if chosen.pk is None or any(getattr(chosen, key) != value for key, value in told.items()):
            for key, value in told.items():
                setattr(chosen, key, value)
            saved(chosen)
        return {**super().filled(row), f"{self.parent}_id": chosen.pk}
