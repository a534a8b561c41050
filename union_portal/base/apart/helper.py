"""The process in which files are opened: one small server that forks a child for each, with bounds on memory and time.

Run by `processes`, and by nobody else, with a socket as its standard input and the function that opens a file as its
only argument. It imports that function's module and nothing of Django, holds no secret and no connection, and ends with
the process that began it.
"""

import os
import resource
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any

from union_portal.base.apart.messages import End, Means, give, taken
from union_portal.base.errors import DomainError

Opening = Callable[..., Iterator[Any]]


def opening_of(name: str) -> Opening:
    """Return the function named module:function."""
    module, _colon, function = name.partition(":")
    found: Opening = getattr(import_module(module), function)
    return found


def serve(control: socket.socket, opening: Opening) -> None:
    """Fork a child for every socket that arrives, until the other side is gone."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    while True:
        asked, sockets, _flags, _address = socket.recv_fds(control, 1, 1)
        if not asked:
            return
        if os.fork() == 0:
            control.close()
            try:
                _answer(socket.socket(fileno=sockets[0]), opening)
            finally:
                os._exit(0)  # whatever happened: silence is the answer of a child that failed
        for number in sockets:
            os.close(number)


def _answer(asker: socket.socket, opening: Opening) -> None:
    with asker, asker.makefile("rwb") as stream:
        end = End()
        try:
            _bound(taken(stream))
            for told in opening(*taken(stream)):
                give(stream, told)
        except DomainError as refusal:
            end = End(refusal=refusal)
        except BaseException:  # noqa: BLE001 -- the panics of some libraries are no Exception
            end = End(failed=True)
        give(stream, end)


def _bound(means: Means) -> None:
    """Let the kernel end what takes too much, whatever it is doing."""
    resource.setrlimit(resource.RLIMIT_AS, (means.memory, means.memory))
    resource.setrlimit(resource.RLIMIT_CPU, (means.seconds, means.seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.alarm(means.seconds * 3)


if __name__ == "__main__":
    with socket.socket(fileno=0) as control_socket:
        serve(control_socket, opening_of(sys.argv[1]))
