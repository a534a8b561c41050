"""How the portal and its helpers speak: one pickled thing after another, each behind its length."""

import pickle
import struct
from dataclasses import dataclass
from io import BufferedRWPair
from typing import Any

_LENGTH = struct.Struct("!Q")


@dataclass(frozen=True, slots=True)
class Means:
    """What opening a file may cost: bytes of memory, seconds of computing."""

    memory: int
    seconds: int


@dataclass(frozen=True, slots=True)
class End:
    """The child has told everything, or refuses the file, or failed over it."""

    refusal: Exception | None = None
    failed: bool = False


def give(stream: "BufferedRWPair[Any, Any]", thing: object) -> None:
    """Send a thing."""
    data = pickle.dumps(thing, protocol=5)
    stream.write(_LENGTH.pack(len(data)))
    stream.write(data)
    stream.flush()


def taken(stream: "BufferedRWPair[Any, Any]") -> Any:
    """Return the next thing; `EOFError` when the other side has ended."""
    head = stream.read(_LENGTH.size)
    if head is None or len(head) < _LENGTH.size:
        raise EOFError
    (length,) = _LENGTH.unpack(head)
    data = stream.read(length)
    if len(data) < length:
        raise EOFError
    return pickle.loads(data)  # noqa: S301 -- both ends are this program
