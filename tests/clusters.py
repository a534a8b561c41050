"""Clusters for tests that need one of their own: copied from one that is made once, for initdb takes seconds."""

import atexit
import os
import shutil
from functools import cache
from pathlib import Path

import pytest

from union_portal.cluster import creation
from union_portal.cluster.layout import Layout
from union_portal.cluster.system import run_as

_make = creation.make


def copied(patch: pytest.MonkeyPatch) -> None:
    """Let new clusters be copies, as long as the patch lasts."""
    patch.setattr(creation, "make", _copy)


def _copy(layout: Layout) -> None:
    creation._make_folder(layout)
    run_as(layout.account, ["/bin/cp", "-a", _made(layout.account), layout.data])


@cache
def _made(account: str) -> str:
    """Make the one that is copied; it goes when the tests' process does."""
    home = Path(f"/var/tmp/portal-made-{os.getpid()}")  # noqa: S108
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    made = Layout(str(home), str(home / "data"), str(home / "sockets"), account)
    _make(made)
    return made.data
