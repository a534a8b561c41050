"""The database of a clone that is gone does not stand silently in the way of another one at its place."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from tests import clusters
from union_portal.cluster import ensure_running, launcher, resolve


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A data folder whose cluster was made, and whose clone was then deleted."""
    clusters.copied(monkeypatch)
    folder = tmp_path / "var"
    ensure_running(folder, throwaway=True)
    yield folder
    launcher.remove(folder)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root's database lies outside the clone")
def test_the_demo_says_how_to_begin_anew(home: Path) -> None:
    shutil.rmtree(home)
    home.mkdir()
    own = {
        name: value for name, value in os.environ.items() if not name.startswith(("DATABASE_", "DJANGO_", "PORTAL_"))
    }
    own |= {"PORTAL_DATA_DIR": str(home), "PORTAL_FONTS_DIR": str(settings.PORTAL_FONTS_DIR)}
    done = subprocess.run(
        ["script/demo", "--no-serve"], env=own, cwd=settings.BASE_DIR, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "script/demo --new" in done.stderr
    assert resolve(home).made
