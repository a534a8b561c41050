"""A mail server of one's own: it keeps what it is given, as slowly as it is told, or says nothing at all."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field


@dataclass
class PostOffice:
    """`letters` came in whole."""

    port: int
    letters: list[str] = field(default_factory=list)


@contextmanager
def post_office(*, pause: float = 0.0, silent: bool = False) -> Iterator[PostOffice]:
    """Open it; a `silent` one accepts connections and never says a word, others pause before each answer."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        made = PostOffice(door.getsockname()[1])
        if not silent:
            threading.Thread(target=_open, args=(door, made, pause), daemon=True).start()
        yield made


def _open(door: socket.socket, office: PostOffice, pause: float) -> None:
    with suppress(OSError):
        while True:
            caller, _address = door.accept()
            with caller, suppress(OSError):
                _serve(caller, office, pause)


def _serve(caller: socket.socket, office: PostOffice, pause: float) -> None:
    with caller.makefile("rwb") as stream:

        def say(words: bytes) -> None:
            time.sleep(pause)
            stream.write(words + b"\r\n")
            stream.flush()

        say(b"220 post")
        while word := stream.readline()[:4].strip().upper():
            if word == b"DATA":
                say(b"354 go on")
                letter = b""
                while (line := stream.readline()) != b".\r\n":
                    if not line:
                        return
                    letter += line
                say(b"250 kept")
                office.letters.append(letter.decode())
            elif word == b"QUIT":
                say(b"221 bye")
                return
            else:
                say(b"250 good")
