"""A kind of record as a list: columns, parsing, keys, comparing and export read from the model's fields.

New rows go in by COPY and changed ones by one UPDATE, judged before by the fields' own checks and by the model's
constraints; births and moves of states are logged with them. A room whose rows are written by a set-based service names
it as `service`, so that the list and the screen obey one rule.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models, transaction
from django.db.models import Field
from django.utils import timezone

from union_portal.base.errors import DomainError
from union_portal.base.fields import EncryptedTextField
from union_portal.base.importing.copying import copy_rows
from union_portal.base.importing.fields import default_of, may_lack
from union_portal.base.importing.judging import judge
from union_portal.base.importing.kinds import ImportKind
from union_portal.base.importing.lookups import parser_for
from union_portal.base.importing.preview import Status
from union_portal.base.importing.resource import SaveRefused
from union_portal.base.importing.rows import Row
from union_portal.base.importing.table import TableResource
from union_portal.base.spreadsheets.columns import Classification, Column
from union_portal.base.spreadsheets.dates import Date
from union_portal.base.spreadsheets.parsers import Amount, Boolean, Choice, Integer, Parser, Passage, Text
from union_portal.base.spreadsheets.several import Listed
from union_portal.base.states import machine_of
from union_portal.base.steps import BIRTH, log_of, take_all

_WHOLE = (models.PositiveIntegerField, models.PositiveSmallIntegerField, models.PositiveBigIntegerField)


class ModelList(TableResource):
    """A list of the model's records, by `name` on the command line; rows are known again by the `key` fields.

    `columns` names the fields in the file's order (default: all that fit a cell), `synonyms` other headings of a field,
    `words` other words of its choices, `examples` what the template shows. `extra` adds columns under names of
    their own, which fill the field that is their `attribute` or none; they stand where the order has them, else last.
    """

    model: type[models.Model]
    name: ClassVar[str] = ""
    key: ClassVar[tuple[str, ...]] = ()
    permission: ClassVar[str] = ""
    order: ClassVar[int] = 100
    help: ClassVar[str] = ""
    fields_in_order: ClassVar[tuple[str, ...]] = ()
    synonyms: ClassVar[Mapping[str, tuple[str, ...]]] = {}
    words: ClassVar[Mapping[str, Mapping[str, Any]]] = {}
    examples: ClassVar[Mapping[str, str]] = {}
    extra: ClassVar[tuple[Column, ...]] = ()
    # The step that cancels rows when their import is taken back: logged, they are never deleted.
    cancelled_by: ClassVar[str] = ""
    # A set-based write of the room's own: called with rows (new and changed) and actor instead of COPY and UPDATE.
    service: ClassVar[Callable[..., Any] | None] = None

    class Meta:
        model: Any = None

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if not hasattr(cls, "model"):  # a base of other lists
            return
        meta = cls.model._meta  # noqa: SLF001
        cls.Meta = type("Meta", (), {"model": cls.model})  # type: ignore[misc,assignment]
        own = {column.key: column for column in cls.extra}
        names = cls.fields_in_order or tuple(field.name for field in meta.fields if _fits(field))
        names = tuple(dict.fromkeys((*names, *own)))
        cls.key_columns = cls.key
        cls.kind = ImportKind(
            key=cls.name or f"{meta.model_name}s",
            label=str(meta.verbose_name or meta.model_name),
            columns=tuple(own[name] if name in own else cls._column(meta.get_field(name)) for name in names),
            permission=cls.permission or f"{meta.app_label}.import_{meta.model_name}",
            order=cls.order,
            help=cls.help,
        )

    def __init__(self, *, actor: Any = None, **kwargs: Any) -> None:
        super().__init__(actor=actor, **kwargs)
        filled = [(key, self._filled(key)) for key in self.columns]
        self.parsers = {key: parser_for(field.related_model) for key, field in filled if field and field.is_relation}

    @classmethod
    def is_basic(cls) -> bool:
        """Tell whether no column holds data that an export would have to give a purpose for."""
        return all(column.classification is Classification.BASIC for column in cls.kind.columns)

    @classmethod
    def _column(cls, field: Any) -> Column:
        name, secret = field.name, isinstance(field, EncryptedTextField)
        return Column(
            key=name,
            label=str(field.verbose_name),
            parser=parser_of(field, cls.words.get(name, {})),
            synonyms=tuple(cls.synonyms.get(name, ())),
            required=name in cls.key and not may_lack(field),
            example=cls.examples.get(name, ""),
            help=str(field.help_text) or ("新登记的须填写" if name not in cls.key and _needed(field) else ""),
            classification=Classification.IDENTITY if secret else Classification.BASIC,
        )

    def export_value(self, column: Column, instance: Any) -> Any:
        """Write related rows by what they go by, without reading each."""
        if column.key in self.parsers:
            return self.parsers[column.key].show(getattr(instance, self._filled(column.key).attname))
        return super().export_value(column, instance)

    def related_export(self, instances: Sequence[Any]) -> Mapping[Any, Mapping[str, Any]]:
        """Write what other tables hold as it is compared."""
        return self.related_values([one.pk for one in instances])

    # -- knowing rows again ------------------------------------------------------------------------------------------

    def prepare(self) -> None:
        """Let a row without a text that may be empty, such as a meeting without a title, be known by the empty one."""
        self.present = [
            column for column in self.kind.columns if column in self.present or column.key in self._may_lack
        ]

    @property
    def _may_lack(self) -> dict[str, Any]:
        """Return by what a row is known that lacks one of the key's fields."""
        fields = {name: self._filled(name) for name in self.key}
        return {
            name: field.get_default() if field.has_default() else ""
            for name, field in fields.items()
            if may_lack(field)
        }

    def _filled(self, key: str) -> Any:
        """Return the field that a column fills, or None."""
        name = self.columns[key].field_name
        return self.model._meta.get_field(name) if name else None  # noqa: SLF001

    def load_current(self, rows: Sequence[Row]) -> None:
        """Find every row's record."""
        lacking = self._may_lack
        links = [name for name in lacking if self._filled(name).is_relation]
        for row in rows:
            row.values |= {name: row.values.get(name) or known for name, known in lacking.items()}
        super().load_current(rows)
        for row in rows:
            row.values |= {name: row.values[name] or None for name in links}
            if row.current is not None:
                row.current |= {
                    name: row.current[name] or known for name, known in lacking.items() if name not in links
                }

    def get_queryset(self) -> "models.QuerySet[Any]":
        """Leave out what was cancelled."""
        gone = self._cancelled() if self.cancelled_by else ()
        return super().get_queryset().exclude(state__in=gone) if gone else super().get_queryset()

    def _cancelled(self) -> set[str]:
        moves = machine_of(self.model).moves  # type: ignore[union-attr]
        return {move.target for move in moves if move.action == self.cancelled_by}

    def is_known(self, record: Sequence[Any]) -> bool:
        """Leave cancelled rows to themselves: the same row may come in again."""
        if not self.cancelled_by:
            return True
        return record[self._places["state"]] not in self._cancelled()

    def cancel_made(self, *, model: type[models.Model], keys: Collection[Any], why: str) -> None:
        """Cancel the list's own rows by their step."""
        if model is not self.model or not self.cancelled_by:
            super().cancel_made(model=model, keys=keys, why=why)
        rows = self.model._default_manager.filter(pk__in=keys)  # noqa: SLF001
        take_all(rows, action=self.cancelled_by, actor=self.actor, why=why)

    # -- judging -----------------------------------------------------------------------------------------------------

    def clean_row(self, row: Row) -> None:
        """Let a state only begin where the table of moves lets it, and move only as it does."""
        machine = machine_of(self.model)
        if machine is None or row.values.get("state") is None:
            return
        state = row.values["state"]
        if row.current is None:
            if state not in machine.initial:
                row.fault("state", "新登记的记录不能直接处于这个状态")
        elif state != row.current["state"] and self._move(row) is None:
            row.fault("state", "状态不能这样改动，请在记录的页面上办理")

    def _move(self, row: Row) -> Any:
        """Return the move by which the list takes the row from its state to the file's."""
        source, target = (row.current or {}).get("state"), row.values.get("state")
        moves = machine_of(self.model).moves  # type: ignore[union-attr]
        return next((move for move in moves if (move.source, move.target) == (source, target)), None)

    def check_rows(self, rows: Sequence[Row]) -> None:
        """Refuse what the fields, the constraints or the room's service would refuse."""
        super().check_rows(rows)
        due = [row for row in rows if row.status in {Status.NEW, Status.CHANGED}]
        if due:
            fillers = self._fillers()
            judge(self.model, due, lambda field, row: self._would_be(field, row, fillers), columns=self.columns)
        due = [row for row in due if not row.faults]
        if self.service is not None and due and not self.saving:
            with transaction.atomic():
                self._serve(due, fault=True)
                transaction.set_rollback(True)

    def _would_be(self, field: "Field[Any, Any]", row: Row, fillers: Mapping[str, Callable[[Row], Any]]) -> Any:
        if field.primary_key:
            return row.pk
        if field.name in fillers:
            value = fillers[field.name](row)
        elif row.current is not None:
            value = self._stored[row.pk][self._places[field.name]]
        else:
            default = default_of(field)
            value = default() if default else None
        return value

    def _read_fields(self) -> list["Field[Any, Any]"]:
        """Read whole records: a constraint may speak of fields that the file does not hold."""
        own = [field for field in self.model._meta.concrete_fields if not field.primary_key]  # noqa: SLF001
        return list(dict.fromkeys([*super()._read_fields(), *own]))

    # -- saving ------------------------------------------------------------------------------------------------------

    def save_rows(self, rows: Sequence[Row]) -> None:
        """Write through the room's service, or by COPY and UPDATE."""
        if self.service is None:
            super().save_rows(rows)
        else:
            self._serve([row for row in rows if row.status in {Status.NEW, Status.CHANGED}], fault=False)

    def _serve(self, due: Sequence[Row], *, fault: bool) -> None:
        try:
            with transaction.atomic():
                type(self).service(rows=due, actor=self.actor)  # type: ignore[misc]
        except (DomainError, SaveRefused) as error:
            row = error.row if isinstance(error, SaveRefused) else None
            key = error.key if isinstance(error, SaveRefused) else error.field or ""
            if not fault:
                raise SaveRefused(row, key if key in self.columns else "", str(error)) from error
            (row or due[0]).fault(key if key in self.columns else "", str(error))

    def before_change(self, rows: Sequence[Row]) -> None:
        """Log the moves of states."""
        moved = ((row, self._move(row)) for row in rows if "state" in row.changed_keys())
        self._log((row.pk, move.action, move.source, move.target) for row, move in moved)

    def save_related(self, rows: Sequence[Row]) -> None:
        """Log the births."""
        if log_of(self.model) is not None:
            first = self.model._meta.get_field("state").get_default()  # type: ignore[union-attr]  # noqa: SLF001
            born = (row for row in rows if row.current is None)
            self._log((row.pk, BIRTH, "", row.values.get("state") or first) for row in born)

    def _log(self, lines: Iterable[tuple[Any, ...]]) -> None:
        log = log_of(self.model)
        if log is not None:
            fields = {field.name: field for field in log._meta.concrete_fields}  # noqa: SLF001
            end = (getattr(self.actor, "pk", None), "名单导入", timezone.now())
            names = ("subject", "action", "source", "target", "actor", "reason", "at")
            copy_rows(log, [fields[name] for name in names], [(*line, *end) for line in lines])


def _fits(field: "Field[Any, Any]") -> bool:
    """Tell whether a cell can hold the field."""
    unfit = (models.JSONField, models.FileField, models.DateTimeField, models.AutoField, models.UUIDField)
    return field.editable and not field.primary_key and not isinstance(field, unfit) and field.name != "version"


def _needed(field: "Field[Any, Any]") -> bool:
    return not field.null and not field.blank and not field.has_default()


def column_of(model: type[models.Model], name: str, synonyms: str = "", **options: Any) -> Column:
    """Return the column of a model's field for a list that is no plain one: its name, its parser, further headings.

    `words` are further words of its choices; anything else is the column's own, and stands instead of the field's.
    """
    field: Any = model._meta.get_field(name)  # noqa: SLF001
    found = {"key": name, "label": str(field.verbose_name), "parser": parser_of(field, options.pop("words", {}))}
    return Column(**{**found, "synonyms": tuple(synonyms.split()), **options})


def parser_of(field: "Field[Any, Any]", words: Mapping[str, Any]) -> Parser:
    """Return what reads the field's cells; related rows are read by a parser made for each file."""
    if isinstance(field, ArrayField):
        return Listed(parser_of(field.base_field, words))
    if field.choices:
        return Choice({value: str(label) for value, label in field.flatchoices}, synonyms=words)
    if isinstance(field, (models.BooleanField, models.DateField)):
        return Boolean() if isinstance(field, models.BooleanField) else Date()
    if isinstance(field, models.IntegerField):
        return Integer(least=0 if isinstance(field, _WHOLE) else None)
    if isinstance(field, models.DecimalField):
        return Amount()
    return Text(longest=field.max_length or 0) if isinstance(field, models.CharField) else Passage()
