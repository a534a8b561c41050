"""A backup restored into a fresh cluster is the same ledger, with the same guards and rights."""

import base64
import os
import re
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.conf import settings

from tests import clusters
from tests.object_store import store
from union_portal.cluster import default_urls, ensure_running, launcher

FILL = """
import django
django.setup()
from django.core.management import call_command
call_command("make_keys")
from tests.factories.ledger import open_book, posting
for fund in (open_book(), open_book()):
    for key in "abc":
        posting(fund, "100.00", "23.40", source_key=f"{fund.pk}{key}")
"""


@pytest.fixture
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Path, Path]]:
    """Two data folders, of the portal that is backed up and of the one restored; their clusters are removed again."""
    pair = (tmp_path / "first", tmp_path / "second")
    clusters.copied(monkeypatch)
    for folder in pair:
        ensure_running(folder, throwaway=True)
    yield pair
    for folder in pair:
        launcher.remove(folder)


def _run(folder: Path, *command: str, expected: int = 0, **more: str) -> str:
    """Run a command of the portal on the embedded cluster of a data folder, with this portal's prepared fonts."""
    own = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("DATABASE_", "SECRET_", "DJANGO_", "PORTAL_"))
    }
    own |= {
        "PORTAL_DATA_DIR": str(folder),
        "PORTAL_FONTS_DIR": str(settings.PORTAL_FONTS_DIR),
        "PORTAL_DATABASE_ROLE": "runtime",
        "DJANGO_SETTINGS_MODULE": "union_portal.settings",
    }
    own |= more
    done = subprocess.run(command, env=own, cwd=settings.BASE_DIR, capture_output=True, text=True, check=False)
    assert done.returncode == expected, done.stdout + done.stderr
    return done.stdout + done.stderr


def _prepare(folder: Path) -> None:
    """Make the tables of a portal in its own cluster, without a row of the tests'."""
    _without_static(folder)
    owner = default_urls(folder)[1]
    clusters.fill(owner)
    with psycopg.connect(owner) as connection:
        connection.execute("DELETE FROM base_keycheck")
    _run(folder, "bash", "-c", ". script/bootstrap; make_secret_key")


def _without_static(folder: Path) -> None:
    """Let the static files count as collected: no backup holds them."""
    (folder / "static").mkdir(parents=True)
    _run(folder, "bash", "-c", '. script/bootstrap; static_mark >"$PORTAL_DATA_DIR/static/.collected"')


@pytest.mark.heavy
@pytest.mark.django_db
def test_a_restored_ledger_has_every_head_of_its_backup_and_files_go_into_a_store_and_out_again(
    folders: tuple[Path, Path], tmp_path: Path
) -> None:
    first, second = folders
    _prepare(first)
    _run(first, sys.executable, "-c", FILL)
    (first / "uploads/imports").mkdir(parents=True)
    (first / "uploads/list.xlsx").write_text("kept")
    (first / "uploads/imports/pending.xlsx").write_text("110101199003070011")
    killed = tmp_path / "backups/union-portal-20240101T000000Z.part"
    killed.mkdir(parents=True)
    (killed / "database.dump").write_text("half")
    assert "not a whole backup" in _run(first, "script/restore", str(killed), expected=1)

    said = _run(first, "script/backup", str(tmp_path / "backups"))
    (backup,) = (tmp_path / "backups").iterdir()
    heads = (backup / "ledger-heads").read_text()
    assert heads.count("-2024-00003=") == 2
    assert heads in said
    assert "NOT in it: the keys" in said
    assert not list(backup.rglob("*.key"))
    with tarfile.open(backup / "uploads.tar.gz") as uploads:
        assert uploads.getnames() == ["uploads", "uploads/list.xlsx"]

    # As on a full disk: no file may grow beyond some kilobytes, and nothing of the backup is left.
    full = tmp_path / "full"
    said = _run(first, "bash", "-c", f"trap '' XFSZ; ulimit -f 64; exec script/backup {full}", expected=1)
    assert "could not write" in said
    assert list(full.iterdir()) == []

    _without_static(second)
    shutil.copytree(first / "keys", second / "keys")
    (second / "keys" / "data.key").write_text(base64.b64encode(b"other key of 32 bytes for a test").decode())
    assert "put the keys" in _run(second, "script/restore", str(backup), expected=1)
    assert not (second / "uploads").exists()
    shutil.rmtree(second / "keys")
    shutil.copytree(first / "keys", second / "keys")
    (tmp_path / "store").mkdir()
    with store(tmp_path / "store") as address:
        said = _run(second, "script/restore", str(backup), STORAGE_URL=address)
        assert "the ledger holds every head" in said
        assert not (second / "uploads").exists()
        _run(second, "script/backup", str(tmp_path / "of the store"), STORAGE_URL=address)
    assert "is not empty" in _run(second, "script/restore", str(backup), expected=1)
    # The store is gone: what its backup holds is restored all the same, into a folder.
    (of_store,) = (tmp_path / "of the store").iterdir()
    with tarfile.open(of_store / "uploads.tar.gz") as uploads:
        kept = uploads.extractfile("uploads/list.xlsx")
        assert (uploads.getnames(), kept and kept.read()) == (["uploads", "uploads/list.xlsx"], b"kept")
    assert "OK: " in _run(second, "script/restore", "--drill", str(of_store), STORAGE_URL=address)
    assert not list(second.glob("drill.*"))
    with (backup / "database.dump").open("ab") as dump:
        dump.write(b"x")
    assert "is damaged" in _run(second, "script/restore", str(backup), expected=1)

    with psycopg.connect(default_urls(second)[0]) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute("UPDATE welfare_posting SET total = 0")


def test_the_units_call_what_is_there_and_systemd_takes_them(tmp_path: Path) -> None:
    for unit in (settings.BASE_DIR / "deploy").glob("portal-*"):
        text = unit.read_text().replace("/srv/union-portal/", f"{settings.BASE_DIR}/")
        called = re.findall(r"^ExecStart=(\S+)", text, re.MULTILINE)
        assert all(Path(program).exists() for program in called)
        (tmp_path / unit.name).write_text(text.replace("User=union-portal", "User=root"))
    units = sorted(str(unit) for unit in tmp_path.iterdir())
    assert len(units) == 5
    if shutil.which("systemd-analyze"):  # a bare machine has none
        done = subprocess.run(["systemd-analyze", "verify", *units], capture_output=True, text=True, check=False)
        assert (done.returncode, done.stdout + done.stderr) == (0, "")
