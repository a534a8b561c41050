"""The demo lives through its years: services see the day on which they would have run."""

import datetime as dt
import heapq
import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, ClassVar

from django.utils import timezone

# A piece of the college's life: a generator that yields the day on which it goes on.
Process = Iterator[dt.date]


class _Stopped(dt.datetime):
    """What `django.utils.timezone` asks for the time inside `at`; also for fields whose default is `timezone.now`."""

    moments: ClassVar[list[dt.datetime]] = []

    @classmethod
    def now(cls, tz: dt.tzinfo | None = None) -> Any:
        """Return the moment at which the clock stands."""
        return cls.moments[-1].astimezone(tz)


@contextmanager
def at(day: dt.date) -> Iterator[None]:
    """Let Django's clock stand at the morning of the day inside `with`; thousands of times, so without `mock`."""
    _Stopped.moments.append(dt.datetime.combine(day, dt.time(9, 30), tzinfo=timezone.get_default_timezone()))
    setattr(timezone, "datetime", _Stopped)  # noqa: B010 - of another module, which mypy lets nobody assign
    try:
        yield
    finally:
        _Stopped.moments.pop()
        setattr(timezone, "datetime", _Stopped if _Stopped.moments else dt.datetime)  # noqa: B010


class Diary:
    """What happens on which day; played in the order of the days, up to a last day."""

    def __init__(self) -> None:
        self._entries: list[tuple[dt.date, int, Process]] = []
        self._order = itertools.count()

    def add(self, day: dt.date, process: Process) -> None:
        """Let a process begin on the day."""
        heapq.heappush(self._entries, (day, next(self._order), process))

    def play(self, *, until: dt.date) -> None:
        """Run everything up to and including the day; what would go on later stays as it is then."""
        while self._entries and self._entries[0][0] <= until:
            day, _order, process = heapq.heappop(self._entries)
            with at(day):
                following = next(process, None)
            if following is not None:
                self.add(max(day, following), process)
