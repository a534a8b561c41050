"""Two web servers and two workers on one database and one S3-compatible store; one of each is killed in the midst.

Lists are uploaded to both servers by turns. Whatever was acknowledged must be there in the end: its row, its file in
the store, byte for byte, and what a worker makes of it. A request that died with its server is sent to the other one,
as a browser behind a proxy does.
"""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.test import override_settings
from django.urls import reverse

from tests.factories import members
from tests.factories.accounts import signed_in
from tests.members.register import hr_spreadsheet
from tests.object_store import store
from union_portal.accounts.enums import Role
from union_portal.accounts.models import User
from union_portal.base.importing.pending import open_pending
from union_portal.base.storage import configured
from union_portal.home.imports.models import PendingImport

GRANIAN = ["-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--log-level", "warning"]
_WAIT = 600.0
_LARGE_ROWS, _SMALL_ROWS = 6_000, 120  # the worker's, and the server's own
_JUDGED = "SELECT count(*) FROM procrastinate_jobs WHERE status = %s AND task_name = 'home.work_on_upload'"


def measure(*, quick: bool) -> None:
    """Run it, and say what was acknowledged, what was there in the end and how long the takeover lasted."""
    count = 6 if quick else 16
    sheets = [
        hr_spreadsheet.workbook(hr_spreadsheet.rows(_LARGE_ROWS if turn % 3 == 0 else _SMALL_ROWS, seed=turn)).read()
        for turn in range(count)
    ]
    with tempfile.TemporaryDirectory() as folder, store(Path(folder)) as address, ExitStack() as running:
        storages = settings.STORAGES | {"default": configured(address)}
        running.enter_context(override_settings(STORAGES=storages, PORTAL_STAFF_TOTP=False))
        officer = members.account_with_role(Role.ORGANISATION)
        hr_spreadsheet.found_branches()
        cookie = signed_in(officer).cookies[settings.SESSION_COOKIE_NAME].value
        ports = free(), free()
        serving = [[*GRANIAN, "--workers", "1", "--port", str(port), "union_portal.wsgi:application"] for port in ports]
        webs = [running.enter_context(process(command, address)) for command in serving]
        workers = [running.enter_context(process(["manage.py", "worker"], address)) for _worker in range(2)]
        for port in ports:
            until(lambda port=port: answers(port))  # type: ignore[misc]
        again = 0
        for turn, sheet in enumerate(sheets):
            if turn == count // 2:
                until(lambda: _counted("doing") == len(workers) or not _counted("todo"))
                _kill(workers[0])
                killed, begun = time.monotonic(), _counted("doing")
                # In the midst of this request: nobody is told what came of it, so it is sent again.
                threading.Timer(0.1, _kill, [webs[0]]).start()
            try:
                _upload(ports[turn % 2], cookie, sheet, turn)
            except urllib.error.HTTPError:
                raise
            except OSError:
                again += 1
                _upload(ports[1], cookie, sheet, turn)
        until(lambda: not PendingImport.objects.exclude(work="").exists())
        print(f"\n{count} lists to two servers; killed with -9: a server, and a worker while {begun} jobs were begun")
        print(f"  requests sent again to the other server  {again}")
        print(f"  seconds until every list was judged      {time.monotonic() - killed:.0f}")
        _look(officer, sheets)


def _look(officer: User, sheets: list[bytes]) -> None:
    """Say whether every acknowledged list has its row, its file and its preview."""
    found = {pending.file_name: pending for pending in PendingImport.objects.filter(checked_at__isnull=False)}
    whole = 0
    for turn, sheet in enumerate(sheets):
        with open_pending(found[f"{turn}.xlsx"], actor=officer) as file:
            whole += file.read() == sheet and found[f"{turn}.xlsx"].total > 0
    aim = "met" if whole == len(sheets) else "MISSED"
    print(f"  lists with row, file and preview         {whole} of {len(sheets)}: {aim}")
    print(f"  jobs given up                            {_counted('failed')}")


@contextmanager
def process(
    command: list[str], address: str = "", *, settings_module: str = "tests.settings"
) -> Iterator["subprocess.Popen[bytes]"]:
    """Run a server or a worker on the database that is asked at present, as the runtime role, in a group of its own."""
    there = connection.settings_dict
    host = there["OPTIONS"].get("host") or there["HOST"]
    url = f"postgres://{settings.PORTAL_RUNTIME_ROLE}@/{there['NAME']}?host={host}"
    told = {"DATABASE_URL": url, "DATABASE_OWNER_URL": url, "STORAGE_URL": address, "PORTAL_STAFF_TOTP": "off"}
    told["DJANGO_SETTINGS_MODULE"] = settings_module
    process = subprocess.Popen(
        [sys.executable, *command], cwd=settings.BASE_DIR, env=os.environ | told, start_new_session=True
    )
    try:
        yield process
    finally:
        _kill(process)


def _kill(process: "subprocess.Popen[bytes]") -> None:
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _upload(port: int, cookie: str, sheet: bytes, turn: int) -> None:
    """Send a list as a browser does that is signed in; an answer other than its preview is a fault."""
    token, mark = "a" * 32, "portal-boundary"
    head = f'--{mark}\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n{token}\r\n'
    head += f'--{mark}\r\nContent-Disposition: form-data; name="kind"\r\n\r\npeople\r\n'
    head += f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="{turn}.xlsx"\r\n\r\n'
    asked = urllib.request.Request(
        f"http://127.0.0.1:{port}{reverse('home:import_upload')}",
        data=head.encode() + sheet + f"\r\n--{mark}--\r\n".encode(),
        headers={
            "Content-Type": f"multipart/form-data; boundary={mark}",
            "Cookie": f"{settings.SESSION_COOKIE_NAME}={cookie}; {settings.CSRF_COOKIE_NAME}={token}",
        },
    )
    with urllib.request.urlopen(asked, timeout=_WAIT) as answer:  # noqa: S310
        if urllib.parse.urlsplit(answer.url).path == reverse("home:import_upload"):
            raise RuntimeError(f"list {turn} was not taken")


def answers(port: int) -> bool:
    """Tell whether a server answers there."""
    try:
        urllib.request.urlopen(f"http://127.0.0.1:{port}/health/", timeout=5).close()
    except OSError:
        return False
    return True


def _counted(status: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(_JUDGED, [status])
        return int(cursor.fetchone()[0])


def until(true: Callable[[], bool]) -> None:
    """Wait until it is true."""
    until = time.monotonic() + _WAIT
    while not true():
        if time.monotonic() > until:
            raise TimeoutError
        time.sleep(0.2)


def free() -> int:
    """Return a port that nobody uses."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
