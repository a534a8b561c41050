"""Hands files to the process that opens them (`helper`), so that no file can take the portal's memory, time or life."""

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
from union_portal.base.apart.messages import End, Means, give, taken

# How many files of one kind are opened at once in one process of the portal; the next ones wait their turn.
AT_ONCE = 2
_ROOT = Path(union_portal.__file__).parents[1]


class Beyond(Exception):
    """The file broke its child, hung, or took more than it may."""


class Helper:
    """The process that opens one kind of file for this one, begun when it is first needed and again when it is gone."""

    def __init__(self, opening: str) -> None:
        self.opening = opening
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
        raise Beyond

    def _running(self) -> socket.socket:
        if self._control is None:
            control, theirs = socket.socketpair()
            # Nothing of the portal's environment: the child needs no secret.
            environment = {"PYTHONPATH": str(_ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
            with theirs:
                self._process = subprocess.Popen(  # noqa: S603 - fixed words
                    [sys.executable, "-s", "-m", "union_portal.base.apart.helper", self.opening],
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
        self.__init__(self.opening)  # type: ignore[misc]


class Apart:
    """One kind of file and the function, named module:function, that opens it: given what `open` is, it yields."""

    def __init__(self, opening: str) -> None:
        self.helper = Helper(opening)
        self._free = threading.BoundedSemaphore(AT_ONCE)
        atexit.register(self.helper.stop)
        os.register_at_fork(after_in_child=self.helper.forget)

    def open(self, *given: Any, means: Means) -> Iterator[Any]:
        """Yield what the child tells; raises what it refuses the file with, and `Beyond` where it tells no end."""
        with self._free:
            begun = False
            try:
                for told in self._told(given, means):
                    begun = True
                    yield told
            except (EOFError, OSError) as error:
                if begun or not self.helper.is_gone():
                    raise Beyond from error
                # Not the child but the helper had ended, before it could begin one.
                try:
                    yield from self._told(given, means)
                except (EOFError, OSError) as again:
                    raise Beyond from again

    def _told(self, given: tuple[Any, ...], means: Means) -> Iterator[Any]:
        with self.helper.connect() as asked:
            asked.settimeout(means.seconds * 4)
            with asked.makefile("rwb") as stream:
                give(stream, means)
                give(stream, given)
                while not isinstance(told := taken(stream), End):
                    yield told
                if told.refusal is not None:
                    raise told.refusal
                if told.failed:
                    raise Beyond
