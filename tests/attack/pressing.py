"""Sending a form to its view: what it answers, and what it leaves written in the database."""

import re
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import Any
from unittest.mock import patch

from django.contrib import admin
from django.contrib.messages import ERROR
from django.contrib.messages.storage.base import BaseStorage
from django.contrib.sessions.backends.signed_cookies import SessionStore
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import connection, transaction
from django.http import Http404, HttpResponse
from django.template import loader
from django.test import RequestFactory, TestCase
from django.urls import resolve

from union_portal.accounts.models import User
from union_portal.base.middleware import RefusalMiddleware
from union_portal.base.paper import rendering
from union_portal.base.paper.types import PaperResult

_WRITES = re.compile(r'^\s*(INSERT INTO|UPDATE|DELETE FROM)\s+"?(\w+)"?', re.IGNORECASE)
_BACK = re.compile(r'^ROLLBACK TO SAVEPOINT "?(\w+)"?', re.IGNORECASE)
_POINT = re.compile(r'^SAVEPOINT "?(\w+)"?', re.IGNORECASE)
# Written whatever becomes of the form: who looked, what was sent, what is counted.
ASIDE = {
    "accounts_accessentry",
    "base_sentform",
    "django_admin_log",
    "django_session",
    "pghistory_context",
    "portal_cache",
}
_PAPER = PaperResult(pdf=b"%PDF-1.7", pages=1, fonts=(), characters={})
# What the page laid out last in this thread would have shown.
_LAST = threading.local()


class Kept(BaseStorage):
    """Messages to whoever sent the form."""

    def _get(self, *_arguments: Any, **_options: Any) -> tuple[list[Any], bool]:
        return [], True

    def _store(self, messages: list[Any], *_arguments: Any, **_options: Any) -> list[Any]:
        return messages


@dataclass
class Answer:
    """What came of a form: the status, what the page would show, what was said, what was written."""

    status: int
    context: dict[str, Any] = field(default_factory=dict)
    said: list[str] = field(default_factory=list)
    written: list[tuple[str, str]] = field(default_factory=list)
    fault: str = ""
    refusals: list[str] = field(default_factory=list)
    counted: dict[str, int] = field(default_factory=dict)

    @property
    def made(self) -> set[str]:
        """Return the tables in which rows were made."""
        return {table for verb, table in self.written if verb == "INSERT INTO"}


@contextmanager
def unpainted() -> Iterator[None]:
    """Lay no page out: their contexts tell what they would show."""

    def shown(_template: Any, context: Any = None, *_arguments: Any, **_options: Any) -> str:
        _LAST.context = context or {}
        return ""

    with ExitStack() as held:
        held.enter_context(patch.object(loader, "render_to_string", side_effect=shown))
        held.enter_context(patch.object(admin.site.__class__, "each_context", return_value={}))
        held.enter_context(patch.object(rendering, "render", return_value=_PAPER))
        yield


def opened(user: User, address: str) -> Answer:
    """Return what the page at the address shows."""
    return _asked(user, RequestFactory().get(address))


def press(user: User, address: str, given: Any) -> Answer:
    """Send the form."""
    return _asked(user, RequestFactory().post(address, given))


def counted(tables: set[str]) -> dict[str, int]:
    """Return how many rows the tables have."""
    if not tables:
        return {}
    names = sorted(tables)
    with connection.cursor() as cursor:
        each = (f"SELECT count(*) FROM {connection.ops.quote_name(name)}" for name in names)  # noqa: S608
        cursor.execute(" UNION ALL ".join(each))
        return dict(zip(names, (number for (number,) in cursor.fetchall()), strict=True))


def taken_back(user: User, request: Any, *, counting: bool = False) -> Answer:
    """Answer the request in a transaction that is undone; say what it would have left written."""
    written: list[Any] = []

    def noted(execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
        told = sql if isinstance(sql, str) else ""
        if point := _POINT.match(told):
            written.append(point[1])
        elif undone := _BACK.match(told):
            del written[written.index(undone[1]) :]
        elif found := _WRITES.match(told):
            written.append((found[1].upper(), found[2]))
        return execute(sql, params, many, context)

    with transaction.atomic():
        with connection.execute_wrapper(noted), TestCase.captureOnCommitCallbacks(execute=True):
            answer = _asked(user, request)
        answer.written = [one for one in written if isinstance(one, tuple) and one[1] not in ASIDE]
        answer.counted = counted(answer.made) if counting else {}
        transaction.set_rollback(True)
    return answer


def _asked(user: User, request: Any) -> Answer:
    request.user, request.session = user, SessionStore()
    request._messages = Kept(request)
    request._dont_enforce_csrf_checks = True
    request.htmx = False
    _LAST.__dict__.pop("context", None)
    try:
        match = request.resolver_match = resolve(request.path_info)
        response = match.func(request, *match.args, **match.kwargs)
    except PermissionDenied:
        return Answer(403)
    except Http404:
        return Answer(404)
    except SuspiciousOperation:
        return Answer(400)
    except Exception as error:  # noqa: BLE001 -- whatever it is
        refused = RefusalMiddleware(lambda _request: HttpResponse()).process_exception(request, error)
        if refused is None:
            where = error.__traceback__
            while where and where.tb_next:
                where = where.tb_next
            place = f"{where.tb_frame.f_code.co_filename}:{where.tb_lineno}" if where else ""
            return Answer(500, fault=f"{error!r} at {place}"[:400])
        return Answer(refused.status_code)
    context = getattr(response, "context_data", None) or _LAST.__dict__.pop("context", {})
    said = [str(one) for one in request._messages._queued_messages]
    refusals = [str(one) for one in request._messages._queued_messages if one.level >= ERROR]
    if (file := getattr(response, "file_to_stream", None)) is not None:
        file.close()  # not the response: that would end the request, and with it the connection
    return Answer(response.status_code, context, said, refusals=refusals)
