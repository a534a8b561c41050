"""Fixtures for every test."""

import gc
import os
from collections.abc import Generator, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.db import connection, transaction
from django.test import override_settings

from tests import database
from union_portal.base import profile
from union_portal.base.models import UnionProfile
from union_portal.cluster import ensure_running


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Start the embedded PostgreSQL unless the environment names another one."""
    if not os.environ.get("DATABASE_URL"):
        ensure_running(django_settings.PORTAL_DATA_DIR, throwaway=True)
    if connection.settings_dict["USER"] == django_settings.PORTAL_RUNTIME_ROLE:
        pytest.exit("The tests need both roles: set DATABASE_OWNER_URL beside DATABASE_URL (docs/installation.md).", 3)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Make the database as the owner and let every test run as the runtime role."""
    profile.SECONDS = float("inf")
    with django_db_blocker.unblock():
        database.use_runtime_role()
    yield
    with django_db_blocker.unblock():
        database.use_owner_role()


@pytest.fixture
def owner_role(db: None) -> AbstractContextManager[None]:
    """Act as the owner role inside `with owner_role:`."""
    return database.owner_role()


@pytest.fixture(scope="module")
def one_data_set(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[Path]:
    """Let the tests of a module share the rows that its own fixtures make; return where their uploads lie.

    What a test writes is undone after it, as always; the shared rows after the module.
    """
    folder: Path = tmp_path_factory.mktemp("shared")
    with (
        django_db_blocker.unblock(),
        override_settings(MEDIA_ROOT=folder, PORTAL_STAFF_TOTP=False),
        transaction.atomic(),
    ):
        yield folder
        transaction.set_rollback(True)


@pytest.fixture
def shared_rows(one_data_set: Path, uploads: Path, settings: Any) -> None:
    """Find the uploads of the shared rows where they lie."""
    settings.MEDIA_ROOT = one_data_set


@pytest.fixture(autouse=True)
def uploads(settings: Any, tmp_path: Path) -> Path:
    """Keep each test's uploads in a folder of its own."""
    settings.MEDIA_ROOT = tmp_path / "uploads"
    return tmp_path / "uploads"


@pytest.fixture(autouse=True)
def neutral_profile() -> None:
    """Let every test begin with a union that said nothing beyond its name; pages remember for seconds what it said."""
    said = UnionProfile()
    said._state.adding = False
    profile.keep(said)


@pytest.fixture
def one_factor(settings: Any) -> None:
    """Let staff in without a second factor."""
    settings.PORTAL_STAFF_TOTP = False


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(fixturedef: Any) -> Generator[None, Any, Any]:
    """Check the rows that the tests of a module share once, when they are made: every test would check them again."""
    made = yield
    if fixturedef.scope == "module" and connection.in_atomic_block:
        connection.check_constraints()
    return made


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes long, so that no core waits in the end for the other one's last test."""
    items.sort(key=lambda item: item.get_closest_marker("heavy") is None)


def pytest_collection_finish(session: pytest.Session) -> None:
    """Let the collector of garbage leave alone what is loaded by now and stays to the end."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """In continuous integration a skipped test counts as a failed one."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("CI") and reporter is not None and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
