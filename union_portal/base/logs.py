"""The log: one JSON line each on the console, under the number of its request, without anything about people.

An address stands without its query, an account as its key, an exception as its kind and place: what it says may quote
what somebody typed, or a row. Jobs stand as task and number, without their arguments.
"""

import json
import logging
import re
import time
import traceback
from contextvars import ContextVar
from typing import Any

from django.conf import settings

# The request under way, for every line that is written meanwhile.
REQUEST: ContextVar[Any] = ContextVar("request", default=None)
GIVEN = re.compile(r"[A-Za-z0-9._-]{8,64}")
# One fault is mailed once in this time by each process, however often it comes.
_QUIET_SECONDS = 600


def places(error: BaseException) -> list[str]:
    """Return where an exception came from, the innermost last, with those it followed from."""
    found: list[str] = []
    seen: set[int] = set()
    while error and id(error) not in seen:
        seen.add(id(error))
        frames = traceback.extract_tb(error.__traceback__)
        found[:0] = [f"{type(error).__module__}.{type(error).__qualname__}"] + [
            f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames
        ]
        error = error.__cause__ or error.__context__  # type: ignore[assignment]
    return found


class LineFormatter(logging.Formatter):
    """Writes a record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """Return time, level, logger, words, the request and where the exception came from."""
        line: dict[str, Any] = {
            "at": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname,
            "logger": record.name,
            "message": self._words(record),
        }
        request: Any = getattr(record, "request", None) or REQUEST.get()
        if hasattr(request, "request_id"):
            line["request"] = request.request_id
            line["method"], line["path"] = request.method, request.path
            # Only who is known already: a line of the log asks no database.
            user = getattr(request, "_cached_user", None)
            line["account"] = user.pk if user is not None else None
        if record.exc_info and record.exc_info[1]:
            line["exception"] = places(record.exc_info[1])
        return json.dumps(line, ensure_ascii=False, default=str)

    @staticmethod
    def _words(record: logging.LogRecord) -> str:
        job = getattr(record, "job", None)
        if isinstance(job, dict):
            return f"{getattr(record, 'action', '')} {job.get('task_name')} {job.get('id')}"
        return record.getMessage()


class MailHandler(logging.Handler):
    """Leaves the line of a fault as mail to the administrators, for the worker to send."""

    def __init__(self, level: int = logging.NOTSET) -> None:
        super().__init__(level)
        self._told: dict[str, float] = {}

    def emit(self, record: logging.LogRecord) -> None:
        """Write the letter, if there is anybody to write to and the fault was not told just now."""
        from union_portal.base.mailing import mail  # noqa: PLC0415 - the log is set up before any app

        kind = f"{record.name} {record.exc_info[0] if record.exc_info else record.msg}"
        now = time.monotonic()
        if not settings.ADMINS or now - self._told.get(kind, -_QUIET_SECONDS) < _QUIET_SECONDS:
            return
        self._told[kind] = now
        try:
            mail([address for _name, address in settings.ADMINS], subject="工会平台出现故障", text=self.format(record))
        except Exception:  # noqa: BLE001 - without the database there is no mail; the console has the line
            self.handleError(record)
