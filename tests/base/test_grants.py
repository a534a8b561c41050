"""The runtime role may do what is declared and nothing else."""

import pghistory.models
import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.db import DatabaseError, ProgrammingError, connection, transaction
from django.test import override_settings

from tests import database
from union_portal.accounts.models import AccessEntry
from union_portal.base import grants
from union_portal.base.models import AppendOnlyModel

pytestmark = pytest.mark.django_db


def _privileges_of(table: str) -> tuple[str, ...]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name"
            " FROM unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER']) AS name"
            " WHERE has_table_privilege(%s, %s, name)",
            [settings.PORTAL_RUNTIME_ROLE, table],
        )
        return tuple(sorted(name for (name,) in cursor.fetchall()))


def test_tests_run_as_the_runtime_role() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone()[0] == settings.PORTAL_RUNTIME_ROLE


def test_every_table_has_exactly_its_declared_privileges() -> None:
    declared = grants.declared_privileges()
    tables = connection.introspection.table_names()
    assert {table: _privileges_of(table) for table in tables} == {
        table: tuple(sorted(declared.get(table, grants.ORDINARY))) for table in tables
    }


def test_history_and_logs_can_only_be_added_to() -> None:
    models = [model for model in apps.get_models() if issubclass(model, AppendOnlyModel | pghistory.models.Event)]
    assert AccessEntry in models
    assert {_privileges_of(model._meta.db_table) for model in models} == {("INSERT", "SELECT")}


@pytest.mark.parametrize("statement", ["UPDATE {} SET kind = ''", "DELETE FROM {}", "TRUNCATE {}"])
def test_the_access_log_refuses_changes_from_the_runtime_role_and_from_the_owner(statement: str) -> None:
    AccessEntry.objects.create(action="view", kind="person", subject="1")
    sql = statement.format(AccessEntry._meta.db_table)
    connection.check_constraints()  # TRUNCATE refuses pending checks before any trigger speaks
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)
    with (
        database.owner_role(),
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)


def test_granting_to_the_owner_is_refused() -> None:
    with (
        database.owner_role(),
        override_settings(PORTAL_RUNTIME_ROLE=connection.settings_dict["USER"]),
        pytest.raises(CommandError, match="must not be a superuser nor the owner"),
    ):
        call_command("grant_runtime", verbosity=0)


def test_granting_to_an_unknown_role_says_where_the_sql_is() -> None:
    with (
        database.owner_role(),
        override_settings(PORTAL_RUNTIME_ROLE="nobody_at_all"),
        pytest.raises(CommandError, match=r"docs/installation\.md"),
    ):
        call_command("grant_runtime", verbosity=0)


@pytest.mark.django_db(transaction=True)
def test_first_a_transactional_test_writes_to_the_log() -> None:
    get_user_model().objects.create(staff_number="flush", name="flush")
    AccessEntry.objects.create(action="view", kind="person", subject="flushed")


@pytest.mark.django_db(transaction=True)
def test_then_the_flush_has_emptied_it_and_the_triggers_are_back() -> None:
    assert not AccessEntry.objects.exists()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal AND tgenabled = 'D'")
        assert cursor.fetchone()[0] == 0
        cursor.execute("SELECT current_user")
        assert cursor.fetchone()[0] == settings.PORTAL_RUNTIME_ROLE
