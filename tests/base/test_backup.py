"""A backup restored into a fresh cluster is the same ledger, with the same guards and rights."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.conf import settings

from union_portal.cluster import default_urls, ensure_running, launcher, resolve

FILL = """
import django
django.setup()
from tests.factories.ledger import open_book, posting
for fund in (open_book(), open_book()):
    for key in "abc":
        posting(fund, "100.00", "23.40", source_key=f"{fund.pk}{key}")
"""


@pytest.fixture
def folders(tmp_path: Path) -> Iterator[tuple[Path, Path]]:
    """Two data folders, of the portal that is backed up and of the one restored; their clusters are removed again."""
    pair = (tmp_path / "first", tmp_path / "second")
    yield pair
    for folder in pair:
        place = Path(resolve(folder).data).parent
        launcher.remove(folder)
        if os.geteuid() == 0:
            shutil.rmtree(place, ignore_errors=True)


def _run(folder: Path, *command: str, expected: int = 0) -> str:
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
    done = subprocess.run(command, env=own, cwd=settings.BASE_DIR, capture_output=True, text=True, check=False)
    assert done.returncode == expected, done.stdout + done.stderr
    return done.stdout + done.stderr


def _prepare(folder: Path) -> None:
    """Make the tables of a portal in its own cluster."""
    _run(
        folder,
        "bash",
        "-c",
        ". script/bootstrap; make_secret_key; use_cluster; collect_static() { :; }; prepare_database",
    )


def test_a_restored_ledger_has_every_head_of_its_backup(folders: tuple[Path, Path], tmp_path: Path) -> None:
    first, second = folders
    first.mkdir(mode=0o700)
    _prepare(first)
    ensure_running(first)
    _run(first, sys.executable, "-c", FILL)
    (first / "uploads").mkdir()
    (first / "uploads/list.xlsx").write_text("kept")

    said = _run(first, "script/backup", str(tmp_path / "backups"))
    (backup,) = (tmp_path / "backups").iterdir()
    heads = (backup / "ledger-heads").read_text()
    assert heads.count("-2024-00003=") == 2
    assert heads in said
    assert "NOT in it: the keys" in said
    assert not list(backup.rglob("*.key"))

    refused = _run(second, "script/restore", str(backup), expected=1)
    assert "put the keys" in refused
    shutil.copytree(first / "keys", second / "keys")
    assert "the ledger holds every head" in _run(second, "script/restore", str(backup))
    assert (second / "uploads/list.xlsx").read_text() == "kept"
    assert "is not empty" in _run(second, "script/restore", str(backup), expected=1)

    ensure_running(second)
    with psycopg.connect(default_urls(second)[0]) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute("UPDATE welfare_posting SET total = 0")
