"""The processes that the tests kill, as the tests hold them."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any

from django.conf import settings

from tests.faults import child


class Child:
    """A web process that sends a form, or a worker."""

    def __init__(self, told: IO[str]) -> None:
        self._told = told
        self.pid = int(self.hear("born"))

    def hear(self, word: str) -> str:
        """Return what follows the word on the next line; raises `EOFError` when the child has ended."""
        said, _, rest = self._told.readline().strip().partition(" ")
        if said == "buried":
            raise EOFError
        assert said == word, f"{said} {rest}"
        return rest

    def end(self) -> None:
        """Kill it, unless it has ended."""
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        with suppress(EOFError):
            while True:
                said = self._told.readline()
                if not said or said.startswith("buried"):
                    raise EOFError


class Parent:
    """The process that they are forked from."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process
        self._is_ready = False

    def fork(self, **asked: Any) -> Child:
        """Return a new child; one at a time."""
        assert self._process.stdin
        assert self._process.stdout
        if not self._is_ready:
            assert self._process.stdout.readline() == "ready\n"
            self._is_ready = True
        self._process.stdin.write(json.dumps(asked) + "\n")
        self._process.stdin.flush()
        return Child(self._process.stdout)


@contextmanager
def parent(*, url: str, log: Path, temporary: Path) -> Iterator[Parent]:
    """Start the parent; the address leads to its children's database, in the folder lie their temporary files."""
    environment = os.environ | {
        "DATABASE_URL": url,
        "DATABASE_OWNER_URL": url,
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "TMPDIR": str(temporary),
    }
    with (
        log.open("w") as errors,
        subprocess.Popen(
            [sys.executable, "-c", child.START],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            env=environment,
            cwd=settings.BASE_DIR,
            text=True,
            start_new_session=True,
        ) as process,
    ):
        try:
            yield Parent(process)
        finally:
            os.killpg(process.pid, signal.SIGKILL)
