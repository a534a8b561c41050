"""Every log is written once and every state moves as its machine allows, in the database itself."""

from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.apps import apps
from django.db import connection

from union_portal.annual_report.reports.models import AnnualReport
from union_portal.base.guards import guards, install_guards
from union_portal.base.models import StateMove
from union_portal.base.states import MACHINES, machine_of

pytestmark = pytest.mark.django_db


def installed() -> set[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT c.relname, t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid")
        return set(cursor.fetchall())


def test_every_guard_the_models_ask_for_is_in_the_database() -> None:
    assert {(table, trigger) for table, trigger, _sql in guards()} <= installed()


def test_every_machine_guards_a_model_and_every_log_of_moves_belongs_to_one() -> None:
    moved = {machine.name for model in apps.get_models() if (machine := machine_of(model)) is not None}
    assert {name for name in MACHINES if not name.startswith("tests.")} <= moved
    for log in apps.get_models():
        if issubclass(log, StateMove):
            subject: Any = log._meta.get_field("subject")  # type: ignore[misc]
            assert machine_of(subject.related_model) is not None, log


def test_a_guard_that_is_missing_comes_back_and_a_second_run_changes_nothing(
    owner_role: AbstractContextManager[None],
) -> None:
    table = AnnualReport._meta.db_table
    with owner_role:
        with connection.cursor() as cursor:
            cursor.execute(f"DROP TRIGGER guard_moves ON {table}")
        install_guards()
        after = installed()
        install_guards()
    assert (table, "guard_moves") in after
    assert installed() == after
