"""The matrix of states of every machine over the database: what its table allows goes, the rest is refused."""

import itertools
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.db.models import Model

from tests import database
from union_portal.base.errors import Refused
from union_portal.base.operations import LOGGED
from union_portal.base.states import MACHINES, Machine, machine_of
from union_portal.base.steps import log_of

pytestmark = pytest.mark.django_db
MOVED = [
    (model, machine)
    for model in apps.get_models()
    if (machine := machine_of(model)) is not None and not model._meta.auto_created and hasattr(model, "state")
]


def test_every_machine_moves_a_model() -> None:
    own = {machine.name for machine in MACHINES.values() if not machine.name.startswith("sample.")}
    assert {machine.name for _model, machine in MOVED} >= own


@pytest.fixture
def as_owner() -> Iterator[None]:
    """Act as the owner, who alone may make tables."""
    with database.owner_role():
        yield


def triggers(model: type[Model], name: str) -> list[str]:
    """Return the definitions of the triggers of this name (LIKE) that fire on the model's table."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_get_triggerdef(oid) FROM pg_trigger"
            " WHERE tgrelid = %s::regclass AND tgname LIKE %s AND tgenabled = 'O'",
            [model._meta.db_table, name],
        )
        return [sql for (sql,) in cursor.fetchall()]


def copied(model: type[Model], *names: str) -> None:
    """Make a table `copied` of only key and state under these triggers of the model's own table."""
    table = model._meta.db_table
    found = [sql for name in names for sql in triggers(model, name)]
    assert len(found) == len(names), f"{table} is not guarded"
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMP TABLE copied ON COMMIT DROP AS SELECT id, state FROM {table} WHERE false")  # noqa: S608
        for sql in found:
            cursor.execute(sql.replace(f"ON public.{table} ", "ON copied "))


def goes(sql: str, *values: Any) -> bool:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, values)
    except IntegrityError:
        return False
    return True


def states_of(model: type[Model], machine: Machine) -> list[str]:
    declared = [value for value, _label in model._meta.get_field("state").flatchoices]  # type: ignore[union-attr]
    told = {*machine.initial, *(end for move in machine.moves for end in (move.source, move.target))}
    assert set(declared) >= {str(one) for one in told}
    return declared


@pytest.mark.parametrize(("model", "machine"), MOVED, ids=lambda one: getattr(one, "name", ""))
@pytest.mark.usefixtures("as_owner")
def test_the_database_and_the_table_allow_the_same(model: type[Model], machine: Machine) -> None:
    states = states_of(model, machine)
    copied(model, "guard_moves", "guard_births")
    pairs = {(str(source), str(target)) for source, target in machine.pairs()}
    for place, state in enumerate(states):
        born = goes("INSERT INTO copied (id, state) VALUES (%s, %s)", place, state)
        assert born == (("", state) in pairs), f"begin {state}"
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE copied DISABLE TRIGGER USER")
        cursor.execute("DELETE FROM copied")
        for place, state in enumerate(states):
            cursor.execute("INSERT INTO copied (id, state) VALUES (%s, %s)", [place, state])
        cursor.execute("ALTER TABLE copied ENABLE TRIGGER USER")
    for (place, source), target in itertools.product(enumerate(states), states):
        if source != target:
            with transaction.atomic():
                gone = goes("UPDATE copied SET state = %s WHERE id = %s", target, place)
                transaction.set_rollback(True)
            assert gone == ((source, target) in pairs), f"{source} → {target}"


@pytest.mark.parametrize(("model", "machine"), MOVED, ids=lambda one: getattr(one, "name", ""))
def test_an_action_leads_from_each_state_where_the_table_says_or_nowhere(model: type[Model], machine: Machine) -> None:
    allowed = {(move.source, move.action): move.target for move in machine.moves}
    assert len(allowed) == len(machine.moves), "an action that leads to two places"
    for state, step in itertools.product(states_of(model, machine), machine.steps()):
        if (state, step.action) in allowed:
            assert machine.target(state=state, action=step.action) == allowed[state, step.action]
        else:
            with pytest.raises(Refused):
                machine.step(state=state, action=step.action)


def test_every_table_with_states_asks_for_the_move_in_its_own_log() -> None:
    for model, _machine in MOVED:
        log = log_of(model)
        assert log is not None, model
        (found,) = triggers(model, "guard_logged")
        assert f"portal_check_logged('{log._meta.db_table}'" in found


def logged(columns: str, *logs: str, rows: str) -> None:
    """Make a table `copied` of these columns and rows, whose states ask for their moves in the table `moves`."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE moves (subject_id bigint, source text, target text, transaction xid8)")
        cursor.execute("CREATE TEMP TABLE moves_of_wholes (LIKE moves)")
        cursor.execute(f"CREATE TEMP TABLE copied (id bigint, state text{columns})")
        cursor.execute(f"INSERT INTO copied VALUES {rows}")  # noqa: S608
        names = ", ".join(f"'{name}'" for name in ("moves", *logs))
        cursor.execute(LOGGED["guard_logged"].format(table="copied", logs=names))


@pytest.mark.usefixtures("as_owner")
def test_a_state_changes_only_with_its_own_move_of_the_same_transaction() -> None:
    logged("", rows="(1, 'draft'), (2, 'draft')")
    with connection.cursor() as cursor:
        for row in ("2, 'draft', 'open', pg_current_xact_id()", "1, 'open', 'draft', pg_current_xact_id()"):
            cursor.execute(f"INSERT INTO moves VALUES ({row})")  # noqa: S608
        cursor.execute("INSERT INTO moves VALUES (1, 'draft', 'open', '3')")
    assert not goes("UPDATE copied SET state = 'open' WHERE id = 1")
    assert not goes("UPDATE copied SET state = 'open'")
    assert goes("UPDATE copied SET state = 'open' WHERE id = 2")
    assert goes("UPDATE copied SET id = 3 WHERE id = 1")


@pytest.mark.usefixtures("as_owner")
def test_a_row_may_move_with_its_whole() -> None:
    rows = "(1, 'listed', 7), (2, 'listed', 8), (3, 'listed', NULL)"
    logged(", whole_id bigint", "whole_id", "moves_of_wholes", rows=rows)
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO moves_of_wholes VALUES (7, 'draft', 'open', pg_current_xact_id())")
    assert goes("UPDATE copied SET state = 'due' WHERE id = 1")
    assert not goes("UPDATE copied SET state = 'due' WHERE id = 2")
    assert not goes("UPDATE copied SET state = 'due' WHERE id = 3")
