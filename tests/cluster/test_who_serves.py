"""Where root set the portal up, whoever serves it is the runtime role and never the owner."""

import os
import pwd
import shutil
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import psycopg
import pytest

from tests import clusters
from union_portal.cluster import ClusterError, binaries, creation, default_urls, ensure_running, launcher, layout, stop

pytestmark = [
    pytest.mark.skipif(not list(binaries.DEBIAN.glob("*/bin/initdb")), reason="PostgreSQL's programs are missing"),
    pytest.mark.skipif(os.geteuid() != 0, reason="only root can serve as somebody else"),
]
SERVING = "nobody"


@pytest.fixture
def home(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A data folder that others may walk through, as root's scripts make it, and the place of its cluster."""
    place = Path(f"/var/tmp/portal-serving-{os.getpid()}")  # noqa: S108
    monkeypatch.setattr(layout, "SYSTEM_FOLDER", place / "clusters")
    for module in (creation, launcher):
        monkeypatch.setattr(module, "SERVING_ACCOUNT", SERVING)
    clusters.copied(monkeypatch)
    folder = place / "var"
    folder.mkdir(parents=True)
    folder.chmod(0o711)
    yield folder
    launcher.remove(folder)
    shutil.rmtree(place)


def by_server(ask: Callable[[], object]) -> str:
    """Ask in a process of the account that serves; return what it answers, or what it was told."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            user = pwd.getpwnam(SERVING)
            os.setgroups([])
            os.setgid(user.pw_gid)
            os.setuid(user.pw_uid)
            answer = str(ask())
        except BaseException as error:  # noqa: BLE001 - the parent judges it
            answer = f"{type(error).__name__}: {error}"
        os.write(writer, answer.encode())
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as said:
        answer = said.read()
    os.waitpid(child, 0)
    return answer


def asked(url: str, statement: str = "SELECT current_user") -> object:
    with psycopg.connect(url) as connection:
        return connection.execute(statement).fetchone()


def test_who_serves_is_the_runtime_role_and_no_other_and_root_is_the_owner(home: Path) -> None:
    ensure_running(home)
    runtime, owner = default_urls(home)
    assert by_server(lambda: asked(runtime)) == "('portal_runtime',)"
    for other in (owner, owner.replace("portal_owner", "postgres")):
        assert "Peer authentication failed" in by_server(partial(asked, other))
    assert "InsufficientPrivilege" in by_server(lambda: asked(runtime, "SET ROLE portal_owner"))
    assert asked(owner) == ("portal_owner",)
    assert by_server(lambda: list(Path(layout.resolve(home).data).iterdir())).startswith("PermissionError")


def test_who_serves_reaches_a_cluster_that_a_careful_script_made(home: Path) -> None:
    usual = os.umask(0o077)
    try:
        ensure_running(home)
    finally:
        os.umask(usual)
    assert by_server(lambda: asked(default_urls(home)[0])) == "('portal_runtime',)"


def test_a_cluster_that_let_more_people_in_lets_them_in_no_longer_once_it_is_started_anew(home: Path) -> None:
    ensure_running(home)
    stop(home)
    with Path(layout.resolve(home).data, "pg_ident.conf").open("a") as file:
        file.write(f'portal "{SERVING}" portal_owner\n')
    ensure_running(home)
    assert "Peer authentication failed" in by_server(lambda: asked(default_urls(home)[1]))


def test_who_serves_finds_the_cluster_and_neither_starts_nor_stops_it(home: Path) -> None:
    ensure_running(home)
    assert by_server(lambda: ensure_running(home)) == "False"
    assert by_server(lambda: stop(home)).startswith(ClusterError.__name__)
    stop(home)
    assert "as that user or as root" in by_server(lambda: ensure_running(home))
