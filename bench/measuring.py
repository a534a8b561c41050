"""Clocks, tables and a scratch database for the benchmarks."""

import gc
import os
import statistics
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import connection

from union_portal.cluster import ensure_running

_TICK = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Spent:
    """Seconds of one piece of work: on the wall, and of CPU in this process and in its PostgreSQL backend.

    On a busy machine the wall also counts the neighbours. Where the backend is out of sight (another machine)
    `server` is nan.
    """

    wall: float
    own: float
    server: float

    @property
    def cpu(self) -> float:
        """CPU of both processes."""
        return self.own + self.server

    def __add__(self, other: "Spent") -> "Spent":
        return Spent(self.wall + other.wall, self.own + other.own, self.server + other.server)


@contextmanager
def scratch_database(name: str) -> Iterator[None]:
    """Make, migrate and in the end drop a database as the owner role."""
    if settings.PORTAL_EMBEDDED_CLUSTER:
        ensure_running(settings.PORTAL_DATA_DIR)
    real = connection.settings_dict["NAME"]
    connection.settings_dict["TEST"]["NAME"] = f"bench_{name}"
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        yield
    finally:
        connection.creation.destroy_test_db(real, verbosity=0)


def spent(work: Callable[[], object]) -> Spent:
    """Do a piece of work, its deferred constraints included, and say what it took."""
    gc.collect()
    backend, wall, own = backend_seconds(), time.perf_counter(), time.process_time()
    work()
    connection.check_constraints()
    return Spent(time.perf_counter() - wall, time.process_time() - own, backend_seconds() - backend)


def backend_seconds() -> float:
    """Return the seconds of CPU that the PostgreSQL backend of this connection has used; nan where out of sight."""
    if connection.connection is None:
        connection.ensure_connection()
    status = Path(f"/proc/{connection.connection.info.backend_pid}/stat")
    if not status.exists():
        return float("nan")
    fields = status.read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICK


def middle(results: Sequence[Spent]) -> Spent:
    """Return the medians of several runs."""
    return Spent(
        statistics.median(r.wall for r in results),
        statistics.median(r.own for r in results),
        statistics.median(r.server for r in results),
    )


def table(title: str, measured: Mapping[str, Sequence[Spent]]) -> dict[str, Spent]:
    """Print the medians of every piece of work and return them."""
    print(f"\n{title}")
    print(f"  {'median seconds':56} {'wall':>8} {'Python':>8} {'server':>8}  runs")
    medians = {name: middle(results) for name, results in measured.items()}
    for name, one in medians.items():
        print(f"  {name:56} {one.wall:8.3f} {one.own:8.3f} {one.server:8.3f}  {len(measured[name])}")
    return medians


def ratio(what: str, ours: Spent, theirs: Spent, *, most: float = 0, least: float = 0) -> None:
    """Print how ours compares with the other by both clocks, and whether the aim (the CPU clock's) is met."""
    wall, cpu = ours.wall / theirs.wall, ours.cpu / theirs.cpu
    counted = wall if cpu != cpu else cpu  # noqa: PLR0124 -- nan, where the backend is out of sight
    if least:
        wall, cpu, counted = 1 / wall, 1 / cpu, 1 / counted
    met = counted <= most if most else counted >= least
    aim = f"aim <= {most:g}" if most else f"aim >= {least:g}"
    print(f"  {what:56} {wall:7.2f}x {cpu:7.2f}x  {aim}: {'met' if met else 'MISSED'}")
