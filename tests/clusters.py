"""Clusters for tests that need one of their own: copied from one that is made once, for initdb takes seconds."""

import atexit
import os
import shutil
import subprocess
from functools import cache
from pathlib import Path

import pytest
from django.db import connection

from union_portal.cluster import binaries, creation
from union_portal.cluster.layout import Layout
from union_portal.cluster.system import run_as

_make = creation.make


def copied(patch: pytest.MonkeyPatch) -> None:
    """Let new clusters be copies, as long as the patch lasts."""
    patch.setattr(creation, "make", _copy)


def _copy(layout: Layout, **_speed: bool) -> None:
    creation._make_folder(layout)
    run_as(layout.account, ["/bin/cp", "-a", _made(layout.account), layout.data])


def fill(database: str) -> None:
    """Put the tables of the tests' database into an empty one: to migrate anew takes ten times as long."""
    programs, usual = binaries.programs(), connection.settings_dict
    host = usual["OPTIONS"].get("host") or usual["HOST"]
    source = f"dbname={usual['NAME']} host={host} user={usual['USER']}"
    dump = subprocess.run([programs / "pg_dump", "--format=custom", "-Z0", source], check=True, stdout=subprocess.PIPE)
    command: list[str | Path] = [programs / "pg_restore", "--exit-on-error", "--no-comments", f"--dbname={database}"]
    subprocess.run(command, input=dump.stdout, check=True)


@cache
def _made(account: str) -> str:
    """Make the one that is copied; it goes when the tests' process does."""
    home = Path(f"/var/tmp/portal-made-{os.getpid()}")  # noqa: S108
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    made = Layout(str(home), str(home / "data"), str(home / "sockets"), account)
    _make(made, throwaway=True)
    return made.data
