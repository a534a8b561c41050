"""How a cell names a row of another table: by the words its owner has registered, else by its name or code."""

from collections import Counter
from collections.abc import Callable
from typing import Any

from django.db.models import Model, Q

from union_portal.base.spreadsheets.errors import CellError, UnknownWord
from union_portal.base.spreadsheets.parsers import Parser
from union_portal.base.spreadsheets.raw import Raw
from union_portal.base.spreadsheets.text import clean_code, plain_number

# The fields a row goes by, best first, where its model's owner has not registered others.
NAMES = ("name", "title", "number", "code", "staff_number")
# A model's owner registers either the fields a row goes by, the first being the one that is shown, or what makes a
# parser of its own, once per file: LOOKUPS[Person] = ("staff_number",).
LOOKUPS: dict[type[Model], tuple[str, ...] | Callable[[], Parser]] = {}


class Related(Parser):
    """A row of another table, by one of these fields; the table is read once per file."""

    as_text = True

    def __init__(self, model: type[Model], names: tuple[str, ...]) -> None:
        self.model = model
        self.names = names
        self._words: dict[str, Any] | None = None
        self._shown: dict[Any, str] = {}
        self._doubled: set[str] = set()

    def parse(self, raw: Raw) -> Any:
        """Return the row's key; refuse a word that no row or more than one goes by."""
        text = plain_number(raw) if isinstance(raw, int | float) and not isinstance(raw, bool) else str(raw)
        word = clean_code(text).casefold()
        found = self._read().get(word)
        if word in self._doubled:
            raise CellError(f"有多个{self.model._meta.verbose_name}叫“{text}”，请写编号")  # noqa: SLF001
        if found is None:
            raise UnknownWord(f"没有登记过这个{self.model._meta.verbose_name}", words=[text])  # noqa: SLF001
        return found

    def show(self, value: Any) -> str:
        """Return what the row goes by."""
        self._read()
        return "" if value is None else self._shown.get(value, str(value))

    @property
    def options(self) -> tuple[str, ...]:  # type: ignore[override]
        """What the rows go by."""
        self._read()
        return tuple(self._shown.values())

    def _read(self) -> dict[str, Any]:
        if self._words is None:
            words: dict[str, Any] = {}
            rows = list(self.model._default_manager.values_list("pk", *self.names))  # noqa: SLF001
            for place in reversed(range(len(self.names))):
                spoken = [(clean_code(str(row[place + 1])).casefold(), row[0]) for row in rows if row[place + 1]]
                words |= dict(spoken)
                often = Counter(word for word, _pk in spoken)
                self._doubled = {word for word in self._doubled if word not in often}
                self._doubled |= {word for word, times in often.items() if times > 1}
            self._words = words
            self._shown = {pk: self._told(pk, [str(value) for value in values if value], words) for pk, *values in rows}
        return self._words

    def _told(self, pk: Any, names: list[str], words: dict[str, Any]) -> str:
        """Return the best of a row's names that is read as this row again: of rows of one name each shows its code."""
        own = (name for name in names if words[word := clean_code(name).casefold()] == pk and word not in self._doubled)
        return next(own, names[0] if names else "")


class Standing(Related):
    """Rows of which some no longer stand: of several that go by one name the only one that stands is meant."""

    def __init__(self, model: type[Model], names: tuple[str, ...], *, gone: Q) -> None:
        super().__init__(model, names)
        self.gone = gone

    def _read(self) -> dict[str, Any]:
        words = super()._read()
        if self._doubled:
            standing = self.model._default_manager.exclude(self.gone).values_list(self.names[0], "pk")  # noqa: SLF001
            named = [(clean_code(str(name)).casefold(), pk) for name, pk in standing]
            often = Counter(word for word, _pk in named)
            only = {word: pk for word, pk in named if often[word] == 1 and word in self._doubled}
            words |= only
            self._doubled -= only.keys()
        return words


def parser_for(model: type[Model]) -> Parser:
    """Return a fresh parser of the model's rows; `TypeError` for a model whose rows nobody can name."""
    known = LOOKUPS.get(model)
    if callable(known):
        return known()
    fields = {field.name for field in model._meta.concrete_fields}  # noqa: SLF001
    names = known or tuple(name for name in NAMES if name in fields)
    if not names:
        raise TypeError(f"register in LOOKUPS how a cell names a {model.__name__}")
    return Related(model, names)
