"""Answers that cost much and change seldom, kept in this process for as long as what they were counted from stands."""

import time
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from django.db import connection

T = TypeVar("T")
_SECONDS = 300
_KEPT: dict[Hashable, tuple[object, Any]] = {}


def kept(key: Hashable, *, version: object, ask: Callable[[], T]) -> T:
    """Return the answer under `key`, asked anew when the version is another.

    The version tells the last row of every table that the answer reads: logs are only appended to, and no row of a
    machine changes without its move. Two transactions may end in another order than their rows are numbered, so that
    an answer stands five minutes at most.
    """
    stamp = (version, time.monotonic() // _SECONDS)
    place = (connection.settings_dict["NAME"], key)
    if place not in _KEPT or _KEPT[place][0] != stamp:
        _KEPT[place] = (stamp, ask())
    answer: T = _KEPT[place][1]
    return answer
