"""The embedded PostgreSQL: made once, private, found again after accidents."""

import json
import os
import pwd
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests import clusters
from union_portal.cluster import (
    ClusterError,
    Layout,
    binaries,
    default_urls,
    ensure_running,
    is_running,
    launcher,
    layout,
    resolve,
    stop,
)

pytestmark = pytest.mark.skipif(
    not list(binaries.DEBIAN.glob("*/bin/initdb")), reason="PostgreSQL's programs are missing"
)


@pytest.fixture
def fresh_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A data folder whose cluster is removed again, also one that root keeps elsewhere."""
    elsewhere = Path(f"/var/tmp/portal-test-{os.getpid()}")  # noqa: S108
    monkeypatch.setattr(layout, "SYSTEM_FOLDER", elsewhere)
    folder = tmp_path / "var"
    yield folder
    if folder.exists():
        launcher.remove(folder)
    shutil.rmtree(elsewhere, ignore_errors=True)


@pytest.fixture
def home(fresh_home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder whose cluster is begun as a copy: for what comes after it was made."""
    clusters.copied(monkeypatch)
    return fresh_home


def _connect(url: str) -> psycopg.Connection:
    return psycopg.connect(url, autocommit=True)


def _server(home: Path) -> int:
    return int(Path(resolve(home).data, "postmaster.pid").read_text().split()[0])


def test_addresses_are_known_before_anything_is_made(home: Path) -> None:
    runtime, owner = default_urls(home)
    assert "portal_runtime@/portal?host=/" in runtime
    assert "portal_owner@/portal?host=/" in owner
    assert not home.exists()


def test_a_fresh_cluster_is_private_and_checked_and_gives_the_portal_no_superuser(fresh_home: Path) -> None:
    home = fresh_home
    # Half a one, as a killed process leaves it, never counts.
    unfinished = Path(f"{resolve(home).data}.new")
    unfinished.mkdir(parents=True)
    (unfinished / "PG_VERSION").write_text("15\n")
    assert ensure_running(home)
    assert not unfinished.exists()
    assert not ensure_running(home)
    runtime, owner = default_urls(home)
    with _connect(owner) as connection:
        shown = {
            name: connection.execute(f"SHOW {name}").fetchone()[0]  # type: ignore[index]
            for name in ("listen_addresses", "data_checksums", "server_encoding", "log_min_error_statement")
        }
        assert shown == {
            "listen_addresses": "",
            "data_checksums": "on",
            "server_encoding": "UTF8",
            "log_min_error_statement": "panic",
        }
        roles = (
            "SELECT rolname, rolsuper, rolcreatedb, rolcreaterole FROM pg_roles WHERE rolname LIKE 'portal%' ORDER BY 1"
        )
        assert connection.execute(roles).fetchall() == [
            ("portal_owner", False, True, False),
            ("portal_runtime", False, False, False),
        ]
        collation = "SELECT datcollate FROM pg_database WHERE datname = 'portal'"
        assert connection.execute(collation).fetchone() == ("C.UTF-8",)
        assert connection.execute("SELECT 1 FROM pg_extension WHERE extname = 'btree_gist'").fetchone()
        connection.execute("CREATE TABLE t (n int)")
        connection.execute("SET ROLE portal_runtime")
    with _connect(runtime) as connection:
        for statement in (
            "CREATE TABLE mine (n int)",
            "CREATE TEMPORARY TABLE mine (n int)",
            "SELECT * FROM t",
            "SET ROLE portal_owner",
            "CREATE DATABASE d",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(statement)


def test_nobody_else_is_let_in(home: Path) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root can try to be somebody else")
    ensure_running(home)
    nobody = pwd.getpwnam("nobody")
    told = subprocess.run(
        [binaries.programs() / "psql", default_urls(home)[0], "-c", "SELECT 1"],
        user=nobody.pw_uid, group=nobody.pw_gid, extra_groups=[], cwd="/", capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert told.returncode != 0
    assert "ermission denied" in told.stderr


def test_one_of_many_processes_makes_the_cluster_and_all_can_use_it(home: Path) -> None:
    command = [sys.executable, "-m", "union_portal.cluster", "start"]
    own = os.environ | {"PORTAL_DATA_DIR": str(home)}
    # The processes know nothing of the patched folder, so they go where the portal really keeps its clusters.
    processes = [subprocess.Popen(command, env=own, stdout=subprocess.PIPE, text=True) for _ in range(5)]
    try:
        assert sorted(process.communicate()[0].strip() for process in processes) == ["running"] * 4 + ["started"]
    finally:
        made = resolve(home)
        launcher.remove(home)
    if os.geteuid() == 0:
        assert not Path(made.data).parent.exists()


def test_it_comes_back_after_kill_9_with_what_was_committed(home: Path) -> None:
    ensure_running(home)
    with _connect(default_urls(home)[1]) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 1 AS n")
    os.kill(_server(home), signal.SIGKILL)
    time.sleep(0.1)
    assert not is_running(resolve(home))
    assert ensure_running(home)
    with _connect(default_urls(home)[1]) as connection:
        assert connection.execute("SELECT n FROM kept").fetchone() == (1,)


def test_a_server_that_is_up_but_not_ready_yet_is_waited_for(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(launcher, "ANSWERS_WITHIN_SECONDS", 1)
    ensure_running(home)
    server = _server(home)
    os.kill(server, signal.SIGSTOP)  # answers nobody, as in a long recovery
    # It is asked before and under the lock that lets one process start it, and then until it answers.
    threading.Timer(2.5, os.kill, (server, signal.SIGCONT)).start()
    ensure_running(home)
    assert is_running(resolve(home))
    assert _server(home) == server, "waited for, not started beside it"


def test_a_pid_that_went_to_another_program_or_that_of_a_dead_server_is_no_server(home: Path, tmp_path: Path) -> None:
    ensure_running(home)
    program = tmp_path / "postgres"
    shutil.copy("/bin/sleep", program)
    with subprocess.Popen(["sleep", "60"]) as sleeper, subprocess.Popen([program, "60"]) as dead:
        dead.kill()
        os.waitid(os.P_PID, dead.pid, os.WEXITED | os.WNOWAIT)  # its parent takes no note of it yet
        try:
            for other in (sleeper, dead):
                stop(home)
                made = resolve(home)
                told = f"{other.pid}\n{made.data}\n1\n5432\n{made.sockets}\n\n1 1\n"
                for file in (Path(made.data, "postmaster.pid"), Path(made.sockets, f"{layout.SOCKET_NAME}.lock")):
                    file.write_text(told)
                    shutil.chown(file, made.account)
                assert not stop(home)
                assert ensure_running(home)
            assert sleeper.poll() is None
        finally:
            sleeper.kill()


def test_where_processes_of_a_killed_server_hold_the_data_no_other_is_started(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ensure_running(home)
    monkeypatch.setattr(launcher, "START_FOR_SECONDS", 0)
    with _connect(default_urls(home)[1]) as connection:
        backend = connection.info.backend_pid
        os.kill(backend, signal.SIGSTOP)
        os.kill(_server(home), signal.SIGKILL)
        with pytest.raises(ClusterError, match="in use"):
            ensure_running(home)
        os.kill(backend, signal.SIGKILL)
    monkeypatch.undo()


def test_a_copied_folder_gets_a_cluster_of_its_own_and_a_moved_one_keeps_it(home: Path, tmp_path: Path) -> None:
    ensure_running(home)
    stop(home)
    first = resolve(home)
    copy = tmp_path / "copy"
    copy.mkdir()
    shutil.copy(home / "cluster", copy)
    assert resolve(copy).data != first.data
    moved = tmp_path / "moved"
    home.rename(moved)
    shutil.rmtree(copy)
    try:
        kept = resolve(moved)
        assert Path(kept.data, "PG_VERSION").exists()
        assert ensure_running(moved)
    finally:
        launcher.remove(moved)


def test_a_missing_version_of_postgresql_is_named_with_the_way_out(home: Path) -> None:
    ensure_running(home)
    stop(home)
    (Path(resolve(home).data) / "PG_VERSION").write_text("14\n")
    with pytest.raises(ClusterError, match=r"postgresql-14.*docs/installation\.md"):
        ensure_running(home)


def test_a_deep_folder_gets_a_short_socket_path(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 12345)
    monkeypatch.setattr(layout, "account_name", lambda: "somebody")
    deep = tmp_path.joinpath(*["很深的文件夹"] * 6)
    assert len(os.fsencode(Path(resolve(deep).sockets, layout.SOCKET_NAME))) <= layout.SOCKET_LIMIT
    assert resolve(deep).sockets != resolve(deep / "deeper").sockets
    assert resolve(Path("/home/u/portal/var")).sockets == "/home/u/portal/var/sockets"


def test_another_users_socket_folder_is_refused(tmp_path: Path) -> None:
    trap = tmp_path / "trap"
    trap.mkdir()
    trap.chmod(0o777)
    planned = resolve(tmp_path)
    with pytest.raises(ClusterError, match="not a private folder"):
        launcher._make_socket_folder(Layout(planned.home, planned.data, str(trap), planned.account))


def test_an_unreadable_record_is_not_taken_for_none(tmp_path: Path) -> None:
    (tmp_path / "cluster").write_text(json.dumps({"home": "?"}))
    with pytest.raises(ClusterError, match="cannot be read"):
        resolve(tmp_path)
