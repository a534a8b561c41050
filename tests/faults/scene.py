"""Where it happens: the cluster, the processes forked to be killed, a mail server; and how time goes by there."""

import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import psycopg

from tests.faults.children import Child, Parent
from tests.faults.post_office import PostOffice
from tests.faults.prepared import Prepared
from tests.faults.server import Server
from tests.faults.step import Step

OURS = "task_name NOT IN ('base.tick', 'base.retry_stalled_jobs')"
BUSY = f"SELECT count(*) FROM procrastinate_jobs WHERE status IN ('todo', 'doing') AND {OURS}"  # noqa: S608
BEGUN = f"SELECT count(*) FROM procrastinate_jobs WHERE status = 'doing' AND {OURS}"  # noqa: S608
FAILED = f"SELECT count(*) FROM procrastinate_jobs WHERE status = 'failed' AND {OURS}"  # noqa: S608
# What some minutes do: a killed worker is known to be dead, its jobs are looked for, a page has waited long enough.
_MINUTES = (
    "UPDATE procrastinate_workers SET last_heartbeat = last_heartbeat - interval '2 minutes'",
    "UPDATE base_jobprogress SET updated_at = updated_at - interval '2 minutes'",
    "DELETE FROM procrastinate_periodic_defers",
)


@dataclass(frozen=True)
class Scene:
    """The parts of it."""

    server: Server
    parent: Parent
    office: PostOffice
    prepared: Prepared

    def fork(self, form: dict[str, Any] | None = None, *, office: PostOffice | None = None) -> Child:
        """Begin a web process that sends a form, or a worker."""
        mail = (office or self.office).port
        return self.parent.fork(uploads=str(self.server.uploads), mail=mail, **(form or {}))

    def step(self, kind: type[Step]) -> Step:
        """Return a step that is done here."""
        return kind(self.prepared, self.office, self.work)

    def minutes_pass(self) -> None:
        """Let some minutes go by."""
        for statement in _MINUTES:
            self.server.ask(statement)

    def work(self) -> None:
        """Let a new worker do what waits, some minutes later."""
        self.minutes_pass()
        worker = self.fork()
        assert self.wait(BUSY, lambda busy: not busy)
        worker.end()

    def wait(self, statement: str, good: Callable[[Any], bool], seconds: float = 60) -> bool:
        """Wait for what the statement counts, and tell whether it came; a server that comes up is waited for too."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            with suppress(psycopg.OperationalError):
                if good(self.server.ask(statement)[0][0]):
                    return True
            time.sleep(0.01)
        return False
