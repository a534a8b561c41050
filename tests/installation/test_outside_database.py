"""The SQL that makes an outside database gives both roles what they need, and the runtime role no more."""

import os
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests import clusters
from union_portal.cluster import binaries, default_urls, ensure_running, launcher, layout, resolve
from union_portal.cluster.system import run_as
from union_portal.installation.machine import ROOT

EMPTY = "DROP DATABASE portal; DROP ROLE portal_owner; DROP ROLE portal_runtime;\n"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A cluster of its own."""
    monkeypatch.setattr(layout, "SYSTEM_FOLDER", Path(f"/var/tmp/portal-outside-{os.getpid()}"))  # noqa: S108
    clusters.copied(monkeypatch)
    ensure_running(tmp_path, throwaway=True)
    yield tmp_path
    launcher.remove(tmp_path)


@pytest.mark.skipif(not list(binaries.DEBIAN.glob("*/bin/initdb")), reason="PostgreSQL's programs are missing")
def test_the_sql_makes_an_empty_database_that_the_owner_fills_and_the_runtime_role_only_enters(home: Path) -> None:
    found = resolve(home)
    superuser = [str(binaries.programs() / "psql"), "-X", "-q", "-h", found.sockets, "-U", "postgres"]
    run_as(found.account, [*superuser, "-v", "ON_ERROR_STOP=1", "-f", "-", "postgres"], stdin=EMPTY)
    told = ["-v", "runtime_password=a'b", "-v", "owner_password=c"]
    text = (ROOT / "deploy" / "database.sql").read_text()
    run_as(found.account, [*superuser, *told, "-f", "-", "postgres"], stdin=text)
    runtime, owner = default_urls(home)
    with psycopg.connect(owner) as connection:
        connection.execute("CREATE TABLE t (n int4range, EXCLUDE USING gist (n WITH &&))")
        rights = "SELECT has_database_privilege(%s, 'portal', 'TEMPORARY')"
        assert connection.execute(rights, ["portal_runtime"]).fetchone() == (False,)
        assert connection.execute("SHOW lc_collate").fetchone() == ("C.UTF-8",)
    for statement in ("CREATE TABLE mine (n int)", "SELECT * FROM t", "SET ROLE portal_owner"):
        with psycopg.connect(runtime) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute(statement)
