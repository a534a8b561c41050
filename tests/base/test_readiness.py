"""A portal whose database is not ready says so in one line, whoever starts it."""

import os
import subprocess
import sys
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.conf import settings
from django.core.checks import run_checks
from django.core.management import CommandError, call_command
from django.db import connection

from union_portal.base.readiness import trouble

NOWHERE = "postgres://portal_runtime@127.0.0.1:1/portal"


def execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.django_db
def test_a_migrated_database_is_ready() -> None:
    assert not trouble()


@pytest.mark.django_db
def test_a_database_that_lacks_migrations_is_not_served(owner_role: AbstractContextManager[None]) -> None:
    with owner_role:
        execute("DELETE FROM django_migrations WHERE app = 'home'")
    assert "lacks" in trouble()
    assert "manage.py migrate" in trouble()


@pytest.mark.django_db
def test_a_database_of_another_line_of_releases_is_refused_with_the_way_out(
    owner_role: AbstractContextManager[None],
) -> None:
    with owner_role:
        # A library's migration that stands there without ours before it: Django itself would stop with a traceback.
        execute("DELETE FROM django_migrations WHERE app = 'accounts'")
        execute("INSERT INTO django_migrations (app, name, applied) VALUES ('congress', '0001_of_old', now())")
        assert "congress.0001_of_old" in trouble()
        with pytest.raises(CommandError, match=r"congress\.0001_of_old .* nothing was changed: .* script/demo --new"):
            call_command("migrate", verbosity=0)


@pytest.mark.django_db
def test_a_database_without_the_runtime_roles_rights_is_not_served(owner_role: AbstractContextManager[None]) -> None:
    with owner_role:
        execute(f"REVOKE ALL ON django_migrations FROM {settings.PORTAL_RUNTIME_ROLE}")
    assert "manage.py migrate" in trouble()


@pytest.mark.django_db
def test_the_runtime_role_does_not_migrate_and_is_told_who_does() -> None:
    with pytest.raises(CommandError, match="PORTAL_DATABASE_ROLE=owner"):
        call_command("migrate", verbosity=0)


@pytest.mark.parametrize(
    "command", [["-c", "import union_portal.wsgi"], ["manage.py", "worker"]], ids=["server", "worker"]
)
def test_server_and_worker_stop_in_one_line_when_the_database_is_away(command: list[str]) -> None:
    own = os.environ | {
        "DATABASE_URL": NOWHERE,
        "DATABASE_OWNER_URL": NOWHERE,
        "PORTAL_DATABASE_ROLE": "runtime",
        "DJANGO_SETTINGS_MODULE": "union_portal.settings",
    }
    done = subprocess.run(
        [sys.executable, *command], env=own, cwd=settings.BASE_DIR, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    assert "the database cannot be reached" in line


def test_who_could_be_the_owner_is_told_not_to_serve(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def told() -> list[str | None]:
        return [found.id for found in run_checks(tags=["serving"], include_deployment_checks=True)]

    if not settings.PORTAL_EMBEDDED_CLUSTER:
        pytest.skip("the embedded cluster lets its own people in")
    assert told() == ["base.W001"]
    settings.PORTAL_EMBEDDED_CLUSTER = False
    assert told() == []
    monkeypatch.setenv("DATABASE_OWNER_URL", NOWHERE)
    assert told() == []


def test_who_may_not_be_the_owner_is_told_in_one_line() -> None:
    away = {"DATABASE_URL": NOWHERE, "DATABASE_OWNER_URL": NOWHERE, "PORTAL_DATABASE_ROLE": "owner"}
    own = os.environ | away | {"DJANGO_SETTINGS_MODULE": "union_portal.settings"}
    command = [sys.executable, "manage.py", "migrate"]
    done = subprocess.run(command, env=own, cwd=settings.BASE_DIR, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    assert "owner role cannot be reached" in line
