"""The process in which files are read: one small server that forks a child for each, with bounds on memory and time.

Run by `processes`, and by nobody else, with a socket as its standard input. It imports the readers and nothing of
Django, holds no secret and no connection, and ends with the process that began it.
"""

import os
import resource
import signal
import socket
from collections.abc import Iterator
from itertools import islice

from union_portal.base.spreadsheets.errors import SpreadsheetError, Unreadable
from union_portal.base.spreadsheets.messages import give, taken
from union_portal.base.spreadsheets.raw import Limits
from union_portal.base.spreadsheets.texts import read_csv
from union_portal.base.spreadsheets.workbooks import open_workbook

_ROWS_AT_ONCE = 1_000
_ZIP = b"PK\x03\x04"


def serve(control: socket.socket) -> None:
    """Fork a child for every socket that arrives, until the other side is gone."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    while True:
        asked, sockets, _flags, _address = socket.recv_fds(control, 1, 1)
        if not asked:
            return
        if os.fork() == 0:
            control.close()
            try:
                _answer(socket.socket(fileno=sockets[0]))
            finally:
                os._exit(0)  # whatever happened: silence is the answer of a child that failed
        for number in sockets:
            os.close(number)


def _answer(asker: socket.socket) -> None:
    with asker, asker.makefile("rwb") as stream:
        try:
            limits: Limits = taken(stream)
            _bound(limits)
            for told in _read(taken(stream), limits):
                give(stream, told)
        except SpreadsheetError as refusal:
            give(stream, refusal)
        except BaseException:  # noqa: BLE001 -- the library's panics are no Exception
            give(stream, Unreadable())


def _bound(limits: Limits) -> None:
    """Let the kernel end what takes too much, whatever it is doing."""
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory, limits.memory))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.seconds, limits.seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.alarm(limits.seconds * 3)


def _read(data: bytes, limits: Limits) -> Iterator[object]:
    """Yield a sheet's name, first row and hidden rows, its rows in blocks, then the next sheet; at last the memory."""
    if data.startswith(_ZIP):
        for name, first, hidden, rows in open_workbook(data, limits):
            yield name, first, hidden
            while block := list(islice(rows, _ROWS_AT_ONCE)):
                yield block
    else:
        read = read_csv(data, limits)
        yield "csv", 1, frozenset[int]()
        for place in range(0, len(read), _ROWS_AT_ONCE):
            yield read[place : place + _ROWS_AT_ONCE]
    yield resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


if __name__ == "__main__":
    with socket.socket(fileno=0) as control_socket:
        serve(control_socket)
