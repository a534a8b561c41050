"""Reads of nearly every page: their SQL is made once a day, and planned once by each connection.

To put a queryset into SQL and to plan it costs several times what it costs to answer it. Where a question depends on
nothing but the account's key, its roles and the day, its statement is kept under a name for the day, with the account
as its parameter, and what is the account's by keys (the branches that it leads, whom a chair sees) as lists; the answer
itself is never kept.
"""

import copy
import datetime as dt
import re
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping, Sequence
from functools import partial
from itertools import count
from types import MappingProxyType
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Count, Exists, Min, Model, QuerySet, Value
from django.utils import timezone

T = TypeVar("T")


class _ReadsRows(Exception):
    """What was to be kept asked the database while it was made: what it says hangs on rows, so it is asked plainly."""


# Stands for the account in a kept statement: a key that no row has.
_ACCOUNT = -918_273_645
# The lists of keys that a statement may take (`User.keys`), by their place among its parameters; each is stood for by a
# key that no row has, as a list of one.
_LISTS_OF_KEYS = ("branches_led", "people_seen")
_STANDING_FOR = {name: _ACCOUNT - 1 - place for place, name in enumerate(_LISTS_OF_KEYS)}
_PLANS: WeakKeyDictionary[Any, dict[str, str]] = WeakKeyDictionary()
_STATEMENTS: dict[tuple[Hashable, dt.date], Any] = {}
# So many statements of lists a connection knows, with their plans from the second time on.
_KNOWN = 40
_NUMBERS = count()
_LISTS: WeakKeyDictionary[Any, OrderedDict[str, str]] = WeakKeyDictionary()


def noted_as(name: str) -> int:
    """Return the key that stands for the list of this name in a statement that is made."""
    return _STANDING_FOR[name]


def existing(user: Any, key: Hashable, asked: Callable[[Any], Mapping[str, "QuerySet[Any]"]]) -> set[str]:
    """Return the names of the queries that find a row for the account, all asked in one statement kept under `key`."""

    def made() -> tuple[list[str], str]:
        model = user._meta.model  # noqa: SLF001
        questions = {name: Exists(rows) for name, rows in asked(model(pk=_ACCOUNT)).items()}
        rows = model._default_manager.order_by().filter(pk=_ACCOUNT).values(**questions)  # noqa: SLF001
        return [*questions], _words(*rows.query.sql_with_params()) if questions else ""

    names, statement = _today(("existing", key), made)
    if not names:
        return set()
    with connection.cursor() as cursor:
        cursor.execute(*_call(statement, user))
        found = cursor.fetchone() or ()
    return {name for name, there_is in zip(names, found, strict=True) if there_is}


def own(user: Any, key: Hashable, asked: "Callable[[Any], QuerySet[Any]]") -> list[Any]:
    """Return the rows of a queryset about the account, by a statement kept under `key`.

    What is asked may depend on nothing but the account's key and the day: no role, no permission, no moment; related
    rows come by `select_related` only.
    """

    def made() -> tuple[Any, Any, str]:
        return _put(asked(user._meta.model(pk=_ACCOUNT)))  # noqa: SLF001

    return _read(user, *_today(("own", key), made))


def seen(user: Any, key: Hashable, asked: "Callable[[Any], QuerySet[Any]]") -> list[Any]:
    """Return the rows of a queryset about what the account may see, by a statement kept under `key` and its roles.

    What is asked may depend on the account's key, its roles, what is its by keys (`User.keys`) and the day: no moment.
    What reads other rows while it is asked is asked plainly each time.
    """

    def made() -> tuple[Any, Any, str, dict[str, Any]] | None:
        lists: dict[str, Any] = {}
        try:
            with connection.execute_wrapper(_refuse):
                return *_put(asked(user.stand_in(_ACCOUNT, lists))), lists
        except _ReadsRows:
            return None

    kept = _today(("seen", key, user.standing), made)
    return list(asked(user)) if kept is None else _read(user, *kept)


def totals(
    user: Any,
    key: Hashable,
    asked: "Callable[[Any], Mapping[str, tuple[QuerySet[Any], str]]]",
) -> dict[str, tuple[int, dt.date | None]]:
    """Return how many rows each of these querysets finds, and the first of the days in its field (none without one).

    One statement counts them all; what it may depend on says `seen`.
    """

    def made() -> tuple[list[str], str, dict[str, Any]] | None:
        lists: dict[str, Any] = {}
        try:
            return *joined(lists), lists
        except _ReadsRows:
            return None

    def joined(lists: dict[str, Any]) -> tuple[list[str], str]:
        with connection.execute_wrapper(_refuse):
            names: list[str] = []
            parts: list[str] = []
            for name, (rows, day) in asked(user.stand_in(_ACCOUNT, lists)).items():
                try:
                    words = _words(*rows.order_by().values(day or "pk").query.sql_with_params())
                except EmptyResultSet:
                    words = "SELECT NULL WHERE false"
                first = "min(d)" if day else "NULL"
                parts.append(f"SELECT {len(names)} AS n, count(*), {first}::date FROM ({words}) s(d)")  # noqa: S608
                names.append(name)
            return names, " UNION ALL ".join(parts)

    kept = _today(("totals", key, user.standing), made)
    if kept is None:
        return {name: _plainly(rows, day) for name, (rows, day) in asked(user).items()}
    names, statement, lists = kept
    if not names:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(*_call(statement, user, lists))
        return {names[place]: (count, first) for place, count, first in cursor.fetchall()}


def latest(user: Any, *models: "type[Model]") -> list[int | None]:
    """Return the key of the last row of each model's table, in one statement: what `kept` calls a version."""

    def asked(_account: Any) -> "QuerySet[Any]":
        tables = (model._default_manager.order_by("-pk") for model in models)  # noqa: SLF001
        first, *more = (rows.values_list(Value(place), "pk")[:1] for place, rows in enumerate(tables))
        return first.union(*more, all=True) if more else first

    found = dict(seen(user, ("latest", *models), asked))
    return [found.get(place) for place in range(len(models))]


def _refuse(_execute: Any, statement: str, *_more: Any) -> Any:
    """Let no statement depend on what a row says at the moment it is made."""
    raise _ReadsRows(statement)


def _plainly(rows: "QuerySet[Any]", day: str) -> tuple[int, dt.date | None]:
    """Count the rows and find the first of the days, by a query made for this once."""
    asked = {"count": Count("pk"), **({"first": Min(day)} if day else {})}
    found = rows.order_by().aggregate(**asked)
    first = found.get("first")
    return found["count"], first.date() if isinstance(first, dt.datetime) else first


def _put(rows: Any) -> tuple[Any, Any, str]:
    """Return a queryset, what puts it into SQL, and the SQL; none for one that can find nothing."""
    compiler = rows.query.get_compiler(connection=connection)
    try:
        return rows, compiler, _words(*compiler.as_sql())
    except EmptyResultSet:
        return rows, compiler, ""


def _read(
    user: Any, rows: Any, compiler: Any, statement: str, lists: Mapping[str, Any] = MappingProxyType({})
) -> list[Any]:
    """Return the rows; the queryset reads them as ever, by a compiler that has made its SQL before."""
    if not statement:
        return []
    ready = copy.copy(compiler)
    ready.connection, ready.as_sql = connection, lambda *_args, **_options: _call(statement, user, lists)
    ready.get_converters = partial(_converters, compiler)
    found: Any = rows.all()
    found.query.get_compiler = lambda *_args, **_options: ready
    return list(found)


def again(statement: str, told: Sequence[Any]) -> tuple[str, Sequence[Any]]:
    """Return how to ask by this very statement, which this connection plans once if it was asked so before.

    For statements whose plan costs more than their answer, such as a page of a list with what is joined to it; it holds
    the last ones that were asked, each whole with all that it was told.
    """
    connection.ensure_connection()
    raw = connection.connection
    with connection.cursor() as cursor:
        words: str = cursor.mogrify(statement, told)
    known = _LISTS.setdefault(raw, OrderedDict())
    name = known.get(words)
    if name == "":
        name = f"portal_list_{next(_NUMBERS)}"
        with connection.wrap_database_errors:
            raw.execute(f"PREPARE {name} AS {words}")
    known[words] = name or ""
    known.move_to_end(words)
    if len(known) > _KNOWN:
        _oldest, gone = known.popitem(last=False)
        if gone:
            raw.execute(f"DEALLOCATE {gone}")
    return (f"EXECUTE {name}", ()) if name else (statement, told)


def _today(key: Hashable, make: Callable[[], T]) -> T:
    """Return what is kept under the key for the day."""
    day = timezone.localdate()
    if (key, day) not in _STATEMENTS:
        made = make()
        for old in [one for one in _STATEMENTS.copy() if one[1] != day]:
            _STATEMENTS.pop(old, None)
        _STATEMENTS[key, day] = made
        return made
    kept: T = _STATEMENTS[key, day]
    return kept


def _converters(compiler: Any, expressions: Any) -> Any:
    """Return how the statement's columns are turned into Python; the same each time it is read."""
    if "kept_converters" not in compiler.__dict__:
        compiler.kept_converters = type(compiler).get_converters(compiler, expressions)
    return compiler.kept_converters


def _words(statement: str, told: Sequence[Any]) -> str:
    """Return the statement with all that it is told written out, but for the account and what is its by keys."""
    with connection.cursor() as cursor:
        words: str = cursor.mogrify(statement, told)
    for place, key in enumerate(_STANDING_FOR.values(), start=2):
        words = re.sub(rf"IN \(\s*{key}\)|= ANY\('\{{{key}\}}'(?:::\w+\[\])*\)", f"= ANY(${place})", words)
        if str(key) in words:
            raise RuntimeError(f"a kept statement asks for the account's keys in another way than as a list: {words}")
    return words.replace(str(_ACCOUNT), "$1")


def _call(statement: str, user: Any, lists: Mapping[str, Any] = MappingProxyType({})) -> tuple[str, list[Any]]:
    """Return the call of the statement's plan for the account; each connection makes it at its first use."""
    told = [user.keys(name, lists[name]) if name in lists else [] for name in _LISTS_OF_KEYS]
    connection.ensure_connection()
    known = _PLANS.setdefault(connection.connection, {})
    if statement not in known:
        name = f"portal_{len(known)}"
        with connection.wrap_database_errors:
            connection.connection.execute(f"PREPARE {name} (bigint{', bigint[]' * len(told)}) AS {statement}")
        known[statement] = name
    return f"EXECUTE {known[statement]} (%s{', %s::bigint[]' * len(told)})", [user.pk, *told]
