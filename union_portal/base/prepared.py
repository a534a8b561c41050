"""Reads of nearly every page: their SQL is made once a day, and planned once by each connection.

To put a queryset into SQL and to plan it costs several times what it costs to answer it. Where a question depends on
nothing but the account's key and the day, its statement is kept under a name for the day, with the account as its one
parameter; the answer itself is never kept.
"""

import copy
import datetime as dt
from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from django.db import connection
from django.db.models import Exists, QuerySet
from django.utils import timezone

T = TypeVar("T")
# Stands for the account in a kept statement: a key that no row has.
_ACCOUNT = -918_273_645
_PLANS: WeakKeyDictionary[Any, dict[str, str]] = WeakKeyDictionary()
_STATEMENTS: dict[tuple[Hashable, dt.date], Any] = {}


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
        rows = asked(user._meta.model(pk=_ACCOUNT))  # noqa: SLF001
        compiler = rows.query.get_compiler(connection=connection)
        return rows, compiler, _words(*compiler.as_sql())

    rows, compiler, statement = _today(("own", key), made)
    # The queryset reads its rows as ever, by a compiler that has made its SQL before.
    ready = copy.copy(compiler)
    ready.connection, ready.as_sql = connection, lambda *_args, **_options: _call(statement, user)
    found: Any = rows.all()
    found.query.get_compiler = lambda *_args, **_options: ready
    return list(found)


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


def _words(statement: str, told: Sequence[Any]) -> str:
    """Return the statement with all that it is told written out, but for the account, which is its one parameter."""
    with connection.cursor() as cursor:
        words: str = cursor.mogrify(statement, told)
    return words.replace(str(_ACCOUNT), "$1")


def _call(statement: str, user: Any) -> tuple[str, list[Any]]:
    """Return the call of the statement's plan for the account; each connection makes it at its first use."""
    connection.ensure_connection()
    known = _PLANS.setdefault(connection.connection, {})
    if statement not in known:
        name = f"portal_{len(known)}"
        with connection.wrap_database_errors:
            connection.connection.execute(f"PREPARE {name} (bigint) AS {statement}")
        known[statement] = name
    return f"EXECUTE {known[statement]} (%s)", [user.pk]
