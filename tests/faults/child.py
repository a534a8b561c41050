"""Web processes and workers to be killed: forked from one parent, so that Django's start is paid once.

Run by `children`, and by nobody else: `python -c START`. It reads a line for each child it forks. A child says "born",
and a web process "sends" with its database process when it sends its form, "midst" at the statement it was asked to
say so at, and "answered" with what came of it and how many statements that took.
"""

import asyncio
import gc
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import setup_test_environment
from django.urls import get_resolver
from django.utils import timezone
from procrastinate.contrib.django import app

from union_portal.base import jobs, lanes, mailing, paper

START = "import django; django.setup(); from tests.faults import child; child.main()"


def main() -> None:
    """Fork a child for every line that asks for one, and bury it when the next line says so."""
    setup_test_environment()
    settings.PORTAL_STAFF_TOTP = False
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 10  # every upload is a large one
    _ = get_resolver().url_patterns
    app.perform_import_paths()
    paper.render("<p>试</p>", title="试", created=timezone.now(), stylesheet="gongwen")  # its fonts are loaded once
    gc.collect()
    gc.freeze()  # what is loaded by now stays shared with the children
    _say("ready")
    for line in sys.stdin:
        asked = json.loads(line)
        if (born := os.fork()) == 0:
            try:
                _live(asked)
            finally:
                os._exit(0)
        os.waitpid(born, 0)
        _say("buried")


def _live(asked: dict[str, Any]) -> None:
    override_settings(MEDIA_ROOT=asked["uploads"]).enable()
    _say("born", os.getpid())
    if "address" in asked:
        _send(asked)
    else:
        _work(asked["mail"])


def _send(asked: dict[str, Any]) -> None:
    """Send a form as a browser does that is signed in."""
    web = Client(raise_request_exception=False)
    web.cookies[settings.SESSION_COOKIE_NAME] = asked["session"]
    data: dict[str, Any] = asked["data"]
    if asked["file"]:
        file = Path(asked["file"])
        data["file"] = SimpleUploadedFile(file.name, file.read_bytes())
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        _say("sends", cursor.fetchone()[0])
    statements = _Statements(asked["midst"])
    with connection.execute_wrapper(statements):
        answer = web.post(asked["address"], data)
    statements.pass_()
    _say("answered", answer.status_code, answer.headers.get("X-Request-ID", ""), statements.done)


class _Statements:
    """Counts the statements, and says when one is about to be run that is to be disturbed."""

    def __init__(self, midst: int) -> None:
        self.done, self.midst = 0, midst

    def __call__(self, execute: Callable[..., Any], *statement: Any) -> Any:
        self.done += 1
        if self.done == self.midst:
            self.pass_()
        return execute(*statement)

    def pass_(self) -> None:
        """Say so, once."""
        if self.midst:
            _say("midst")
        self.midst = 0


def _work(post_office: int) -> None:
    """Be the worker, with this port for its mail."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", post_office, 1
    lanes.FIRST_WAIT = 0.1
    app.worker_defaults["fetch_job_polling_interval"] = 0.1
    for strategy in (mailing.RETRY, jobs.AGAIN):
        strategy.max_attempts, strategy.wait, strategy.linear_wait = 2, 0, 0
    asyncio.run(lanes.work_until_told())


def _say(*words: object) -> None:
    sys.stdout.write(" ".join(map(str, words)) + "\n")
    sys.stdout.flush()
