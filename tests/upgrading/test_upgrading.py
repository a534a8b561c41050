"""A filled database of an earlier state comes up to the newest tables with every row, an unbroken ledger and pages."""

import lzma
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.contrib import admin
from django.test import Client, override_settings
from django.urls import reverse

from tests import clusters
from tests.faults.server import Server
from tests.upgrading.make import FOLDER
from union_portal.accounts.models import User
from union_portal.cluster import binaries, default_urls, ensure_running, launcher, layout

DUMPS = sorted(FOLDER.glob("*.sql.xz"))
TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
# What `migrate` writes by itself: the vocabulary, what was done, and the cache.
OURS = ("django_", "auth_permission", "procrastinate_", "portal_cache", "base_allowedmove")


@pytest.fixture(params=DUMPS, ids=[dump.name.partition(".")[0] for dump in DUMPS])
def restored(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Give the data folder of a cluster that holds the dump."""
    monkeypatch.setattr(layout, "SYSTEM_FOLDER", Path(f"/var/tmp/portal-upgrade-{os.getpid()}"))  # noqa: S108
    clusters.copied(monkeypatch)
    ensure_running(tmp_path, throwaway=True)
    command = [str(binaries.programs() / "psql"), "-X", "-q", "-v", "ON_ERROR_STOP=1", default_urls(tmp_path)[1]]
    subprocess.run(command, input=lzma.decompress(request.param.read_bytes()), check=True, stdout=subprocess.DEVNULL)
    yield tmp_path
    launcher.remove(tmp_path)


def _counted(home: Path) -> dict[str, int]:
    with psycopg.connect(default_urls(home)[1]) as connection:
        names = [name for (name,) in connection.execute(TABLES) if not name.startswith(OURS)]
        return {
            name: connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0]  # type: ignore[index]  # noqa: S608
            for name in names
        }


def _manage(home: Path, *command: str, role: str) -> str:
    told = {
        "PORTAL_DATA_DIR": str(home),
        "PORTAL_DATABASE_ROLE": role,
        "DJANGO_SETTINGS_MODULE": "union_portal.settings",
    }
    usual = {name: value for name, value in os.environ.items() if not name.startswith("DATABASE_")}
    done = subprocess.run(
        [sys.executable, "manage.py", *command], env=usual | told, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.heavy
@pytest.mark.django_db
def test_an_upgrade_keeps_every_row_the_ledger_and_the_pages(restored: Path) -> None:
    before = _counted(restored)
    assert sum(before.values()) > 500
    _manage(restored, "migrate", role="owner")
    after = _counted(restored)
    # A table may be added, and a history tell what an upgrade did to a row (2026-11: the accounts' place in the chart
    # of 2021), or the catalogue bring what came since (2026-11: the gifts of Children's Day, vouchers and annual
    # tickets, with their rules); one that goes, or loses rows, is said here with the migration that carries them over.
    told = {"welfare_ledgeraccountevent"}
    told |= {f"welfare_{name}{of}" for name in ("benefit", "benefitrule") for of in ("", "event")}
    assert {name: after.get(name) for name in before if name not in told} == {
        name: count for name, count in before.items() if name not in told
    }
    assert all(after[name] >= before[name] for name in told & before.keys())
    assert "全部核验通过" in _manage(restored, "verify_ledger", role="owner")
    with Server(restored).used(), override_settings(PORTAL_RUNTIME_ROLE=layout.RUNTIME):
        everybody = User.objects.filter(role_assignments__isnull=False).order_by("pk").first()
        assert everybody
        client = Client()
        client.force_login(everybody)
        # The tests' own kinds are in no school's database.
        models = [model for model in admin.site._registry if model._meta.app_label != "sample"]
        pages = [reverse(f"admin:{one._meta.app_label}_{one._meta.model_name}_changelist") for one in models]
        answers = {page: client.get(page).status_code for page in [reverse("admin:index"), *pages]}
        assert set(answers.values()) <= {200, 302, 403}
        assert sum(status == 200 for status in answers.values()) > 60
