"""Hands files to the process that reads them (`helper`), so that no file can take the portal's memory, time or life."""

import atexit
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import union_portal
from union_portal.base.spreadsheets.errors import SpreadsheetError, Unreadable
from union_portal.base.spreadsheets.messages import give, taken
from union_portal.base.spreadsheets.raw import Limits

# How many files are read at once in one process of the portal; the next ones wait their turn.
_AT_ONCE = threading.BoundedSemaphore(2)
_ROOT = Path(union_portal.__file__).parents[1]


class _Helper:
    """The reading process of this process, begun when it is first needed and again when it is gone."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._control: socket.socket | None = None
        self._process: subprocess.Popen[bytes] | None = None

    def connect(self) -> socket.socket:
        """Return a socket to a child of its own."""
        ours, theirs = socket.socketpair()
        with theirs, self._lock:
            for _attempt in range(2):
                try:
                    socket.send_fds(self._running(), [b"."], [theirs.fileno()])
                except OSError:
                    self.stop()
                else:
                    return ours
        ours.close()
        raise RuntimeError("the process that reads spreadsheets does not start")

    def _running(self) -> socket.socket:
        if self._control is None:
            control, theirs = socket.socketpair()
            # Nothing of the portal's environment: the child needs no secret.
            environment = {"PYTHONPATH": str(_ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
            with theirs:
                self._process = subprocess.Popen(
                    [sys.executable, "-s", "-m", "union_portal.base.spreadsheets.helper"],
                    stdin=theirs.fileno(),
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                    env=environment,
                    cwd="/",
                )
            self._control = control
        return self._control

    def is_gone(self) -> bool:
        """Tell whether it has ended; what is left of it is put away."""
        with self._lock:
            if self._process is None:
                return True
            try:
                self._process.wait(timeout=0.2)
            except subprocess.TimeoutExpired:
                return False
            self.stop()
            return True

    def stop(self) -> None:
        """End it; what it still reads is not answered."""
        if self._control is not None:
            self._control.close()
            self._control = None
        if self._process is not None:
            try:
                self._process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
            self._process = None

    def forget(self) -> None:
        """Leave the process to the parent of a fork, whose it is."""
        self.__init__()  # type: ignore[misc]


_helper = _Helper()
atexit.register(_helper.stop)
os.register_at_fork(after_in_child=_helper.forget)


def read_apart(data: bytes, limits: Limits) -> Iterator[Any]:
    """Yield what the helper tells of a file; a child that dies, hangs or is at the end of its means is a refusal."""
    with _AT_ONCE:
        told = None
        try:
            for told in _told(data, limits):
                yield told
        except (EOFError, OSError) as error:
            if told is not None or not _helper.is_gone():
                raise Unreadable from error
            # Not the child but the helper had ended, before it could begin one.
            try:
                yield from _told(data, limits)
            except (EOFError, OSError) as again:
                raise Unreadable from again


def _told(data: bytes, limits: Limits) -> Iterator[Any]:
    with _helper.connect() as asked:
        asked.settimeout(limits.seconds * 4)
        with asked.makefile("rwb") as stream:
            give(stream, limits)
            give(stream, data)
            while True:
                told = taken(stream)
                if isinstance(told, SpreadsheetError):
                    raise told
                yield told
                if isinstance(told, int):
                    return
