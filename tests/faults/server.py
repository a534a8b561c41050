"""A cluster of its own, to be killed and stopped, with the tests' tables in it."""

import os
import shutil
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import environ
import psycopg
import pytest
from django.db import DatabaseError, connections
from django.db.backends.postgresql.base import DatabaseWrapper
from django.test import override_settings

from tests import clusters
from union_portal.cluster import launcher as cluster
from union_portal.cluster import layout

_WAIT = 30.0
_OTHERS = """SELECT pid FROM pg_stat_activity
    WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()
    ORDER BY state IN ('active', 'idle in transaction') DESC, query_start DESC"""


@dataclass(frozen=True)
class Server:
    """The cluster of a data folder."""

    home: Path
    _own: list[psycopg.Connection] = field(default_factory=list)

    @property
    def uploads(self) -> Path:
        """Where the portal's files lie."""
        return self.home / "uploads"

    @property
    def temporary(self) -> Path:
        """Where the temporary files of those who are killed lie."""
        return self.home / "tmp"

    @property
    def url(self) -> str:
        """The address for the runtime role."""
        return layout.default_urls(self.home)[0]

    @property
    def _owner(self) -> str:
        return layout.default_urls(self.home)[1].replace("postgres://", "postgresql://")

    @contextmanager
    def used(self) -> Iterator[None]:
        """Let this thread's default connection be to this server, and the files be those beside it, for a while."""
        usual = connections["default"]
        here = environ.Env.db_url_config(self.url) | {"CONN_MAX_AGE": None}
        here["OPTIONS"] = usual.settings_dict["OPTIONS"] | here["OPTIONS"]
        other = DatabaseWrapper(usual.settings_dict | here, "default")
        connections["default"] = other
        try:
            with override_settings(MEDIA_ROOT=self.uploads, PORTAL_STAFF_TOTP=False):
                yield
        finally:
            with suppress(DatabaseError):
                other.close()
            connections["default"] = usual

    def fill(self) -> None:
        """Take over the tables of the tests' database."""
        clusters.fill(self._owner)
        self.ask(f"REVOKE TEMPORARY ON DATABASE {layout.DATABASE} FROM PUBLIC")
        # A killed server loses nothing that the system already holds: what was committed must be with it.
        self.ask(f"ALTER DATABASE {layout.DATABASE} SET synchronous_commit = on")
        self.forget()  # only new connections go by it
        self.uploads.mkdir()
        self.temporary.mkdir()

    def ask(self, statement: str) -> list[tuple[Any, ...]]:
        """Run a statement as the owner, on a connection that is kept: to make one takes longer than to ask."""
        try:
            if not self._own:
                self._own.append(psycopg.connect(self._owner, autocommit=True))
            found = self._own[0].execute(statement)
            return found.fetchall() if found.description else []
        except psycopg.OperationalError:
            self.forget()
            raise

    def forget(self) -> None:
        """Close that connection."""
        while self._own:
            self._own.pop().close()

    def backends(self) -> list[int]:
        """Return the database processes of others, those at work first."""
        return [pid for (pid,) in self.ask(_OTHERS)]

    def kill(self) -> None:
        """Kill the postmaster and every process of it with -9, as a power cut would, and start it again."""
        postmaster = int(Path(layout.resolve(self.home).data, "postmaster.pid").read_text().split()[0])
        children = Path(f"/proc/{postmaster}/task/{postmaster}/children").read_text().split()
        for process in [postmaster, *map(int, children)]:
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        self.start()

    def start(self) -> None:
        """Start it."""
        self.forget()
        cluster.ensure_running(self.home, throwaway=True)

    def stop(self) -> None:
        """Stop it, ending its sessions."""
        cluster.stop(self.home)

    def settle(self) -> None:
        """Wait until it takes connections and nobody is at work in it."""
        until = time.monotonic() + _WAIT
        while time.monotonic() < until:
            with suppress(psycopg.OperationalError):
                if not self.backends():
                    return
            time.sleep(0.02)
        pytest.fail("the database does not come to rest")


@contextmanager
def server(home: Path) -> Iterator[Server]:
    """Make a throwaway cluster with the portal's tables; it is removed in the end."""
    elsewhere = Path(f"/var/tmp/portal-faults-{os.getpid()}")  # noqa: S108
    with pytest.MonkeyPatch.context() as patch, override_settings(PORTAL_RUNTIME_ROLE=layout.RUNTIME):
        patch.setattr(layout, "SYSTEM_FOLDER", elsewhere)
        clusters.copied(patch)
        cluster.ensure_running(home, throwaway=True)
        made = Server(home)
        try:
            made.fill()
            yield made
        finally:
            made.forget()
            cluster.remove(home)
            shutil.rmtree(elsewhere, ignore_errors=True)
