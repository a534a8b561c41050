"""The matrix of states of every machine over the database: what its table allows goes, the rest is refused."""

import itertools
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.db.models import Model

from union_portal.base.errors import Refused
from union_portal.base.states import MACHINES, Machine, machine_of

pytestmark = pytest.mark.django_db
MOVED = [
    (model, machine)
    for model in apps.get_models()
    if (machine := machine_of(model)) is not None and not model._meta.auto_created and hasattr(model, "state")
]


def test_every_machine_moves_a_model() -> None:
    own = {machine.name for machine in MACHINES.values() if not machine.name.startswith("sample.")}
    assert {machine.name for _model, machine in MOVED} >= own


def like(model: type[Model]) -> str:
    """Make a table of only key and state under the very triggers of the model's own table; return its name."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_get_triggerdef(t.oid) FROM pg_trigger t WHERE t.tgrelid = %s::regclass"
            " AND t.tgname IN ('guard_moves', 'guard_births')",
            [table],
        )
        triggers = [sql for (sql,) in cursor.fetchall()]
        assert len(triggers) == 2, f"{table} has no guard"
        cursor.execute(f"CREATE TEMP TABLE copied ON COMMIT DROP AS SELECT id, state FROM {table} WHERE false")  # noqa: S608
        for sql in triggers:
            cursor.execute(sql.replace(f"ON public.{table} ", "ON copied "))
    return "copied"


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
def test_the_database_and_the_table_allow_the_same(model: type[Model], machine: Machine) -> None:
    states = states_of(model, machine)
    copied = like(model)
    pairs = {(str(source), str(target)) for source, target in machine.pairs()}
    for place, state in enumerate(states):
        born = goes(f"INSERT INTO {copied} (id, state) VALUES (%s, %s)", place, state)  # noqa: S608
        assert born == (("", state) in pairs), f"begin {state}"
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {copied} DISABLE TRIGGER USER")
        cursor.execute(f"DELETE FROM {copied}")  # noqa: S608
        for place, state in enumerate(states):
            cursor.execute(f"INSERT INTO {copied} (id, state) VALUES (%s, %s)", [place, state])  # noqa: S608
        cursor.execute(f"ALTER TABLE {copied} ENABLE TRIGGER USER")
    for (place, source), target in itertools.product(enumerate(states), states):
        if source != target:
            with transaction.atomic():
                gone = goes(f"UPDATE {copied} SET state = %s WHERE id = %s", target, place)  # noqa: S608
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
