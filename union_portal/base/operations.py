"""Migration operations for what the database itself must refuse."""

from collections.abc import Iterable
from typing import Any

from django.db import migrations
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ModelState, ProjectState
from django.db.migrations.utils import resolve_relation
from pgtrigger.migrations import AddTrigger, RemoveTrigger


class AtOnce(Operation):
    """Run the operations of one app together, between the models before the first and those after the last.

    The usual way renders every related model anew after each operation, which costs a new database most of its minute.
    A table that is created here is created as it is at the end. Not for an operation that needs the columns as an
    earlier one of the same list left them.
    """

    reversible = True

    def __init__(self, operations: list[Operation]) -> None:
        self.operations = operations

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Note everything before any model is rendered; whoever needs them next renders them once."""
        state.__dict__.pop("apps", None)
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """Do them in order, leaving out what a table is created with."""
        if all(_near(operation) for operation in self.operations):
            names = {getattr(one, "model_name_lower", "") or one.name_lower for one in self.operations}  # type: ignore[attr-defined]
            from_state, to_state = (narrowed(state, app_label, names) for state in (from_state, to_state))
        part_of_it = (migrations.AddField, migrations.AddConstraint, migrations.AddIndex)
        for operation in self.operations:
            if not (isinstance(operation, part_of_it) and self._creates(operation.model_name)):
                operation.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """Undo them, last first; what stands on a created table goes with it."""
        for operation in reversed(self.operations):
            if not self._creates(getattr(operation, "model_name", "")):
                operation.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        """Say what it does."""
        return f"Do {len(self.operations)} things at once"

    def _creates(self, model: str) -> bool:
        created = (one.name_lower for one in self.operations if isinstance(one, migrations.CreateModel))
        return model.lower() in created


# What asks its own table and those that its keys point to, and never who points to it.
NEAR = (
    migrations.CreateModel,
    migrations.AddField,
    migrations.RemoveField,
    migrations.AddConstraint,
    migrations.RemoveConstraint,
    migrations.AddIndex,
    migrations.RemoveIndex,
    migrations.AlterModelOptions,
    AddTrigger,
    RemoveTrigger,
)


def _near(operation: Operation) -> bool:
    if isinstance(operation, migrations.AlterField):  # the keys of this house point to primary keys alone
        return not operation.field.primary_key
    return isinstance(operation, NEAR)


def narrowed(state: ProjectState, app_label: str, names: Iterable[str]) -> ProjectState:
    """Return a state with these models of an app and what their keys and bases reach: rendering it takes a moment."""
    found: dict[tuple[str, str], ModelState] = {}
    waiting = [(app_label, name) for name in names]
    while waiting:
        key = waiting.pop()
        if key in found or key not in state.models:
            continue
        model = found[key] = state.models[key]
        remotes = [field.remote_field for field in model.fields.values() if field.remote_field]
        ends = [end for remote in remotes for end in (remote.model, getattr(remote, "through", None)) if end]
        waiting += [resolve_relation(end, *key) for end in [*ends, *model.bases] if isinstance(end, str)]
    return ProjectState(models=found, real_apps=state.real_apps)


class AddTriggers(Operation):
    """Install many triggers of history at once.

    The library's own operation reloads the model it is added to, and with it every model that a foreign key reaches:
    with a hundred triggers on connected models that takes a minute for each new database.
    """

    reversible = True

    def __init__(self, triggers: list[tuple[str, Any]]) -> None:
        self.triggers = triggers

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Note the triggers in the models' options; historical models never read them."""
        for model, trigger in self.triggers:
            options = state.models[app_label, model].options
            options["triggers"] = [*options.get("triggers", []), trigger]

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:  # noqa: ARG002
        """Install them."""
        for _model, trigger in self.triggers:
            schema_editor.execute(trigger.install_sql, params=None)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:  # noqa: ARG002
        """Remove them."""
        for _model, trigger in self.triggers:
            schema_editor.execute(trigger.uninstall_sql, params=None)

    def describe(self) -> str:
        """Say what it does."""
        return f"Install {len(self.triggers)} triggers of history"


# What makes UPDATE, DELETE and TRUNCATE of a table fail for every role while it stands.
APPEND_ONLY = {
    "append_only_rows": "CREATE TRIGGER append_only_rows BEFORE UPDATE OR DELETE ON {table}"
    " FOR EACH ROW EXECUTE FUNCTION portal_refuse_change()",
    "append_only_table": "CREATE TRIGGER append_only_table BEFORE TRUNCATE ON {table}"
    " FOR EACH STATEMENT EXECUTE FUNCTION portal_refuse_change()",
}
# What makes a table refuse states and moves that its machine does not allow. Statement-level with transition tables,
# so that a set-based update of 10,000 rows costs one join; the rows' primary key must be `id`.
MOVES = {
    "guard_moves": "CREATE TRIGGER guard_moves AFTER UPDATE ON {table}"
    " REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows"
    " FOR EACH STATEMENT EXECUTE FUNCTION portal_check_moves('{machine}', 'state')",
    "guard_births": "CREATE TRIGGER guard_births AFTER INSERT ON {table} REFERENCING NEW TABLE AS new_rows"
    " FOR EACH STATEMENT EXECUTE FUNCTION portal_check_births('{machine}', 'state')",
}
# What makes a table refuse a state that changes without a move in its log, or in that of what the row moves with,
# written before it in the same transaction.
LOGGED = {
    "guard_logged": "CREATE TRIGGER guard_logged AFTER UPDATE ON {table}"
    " REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows"
    " FOR EACH STATEMENT EXECUTE FUNCTION portal_check_logged({logs})",
}
LOGGED_FUNCTION = """
CREATE FUNCTION portal_check_logged() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE bad text; alone text := '';
BEGIN
    IF TG_NARGS > 1 THEN
        alone := format(' AND NOT EXISTS (SELECT FROM %I whole WHERE whole.subject_id = n.%I'
            ' AND whole.transaction = pg_current_xact_id())', TG_ARGV[2], TG_ARGV[1]);
    END IF;
    EXECUTE format('SELECT min(n.id) FROM new_rows n JOIN old_rows o ON o.id = n.id'
        ' WHERE o.state IS DISTINCT FROM n.state AND NOT EXISTS (SELECT FROM %I own WHERE own.subject_id = n.id'
        ' AND own.source = o.state AND own.target = n.state AND own.transaction = pg_current_xact_id())',
        TG_ARGV[0]) || alone INTO bad;
    IF bad IS NOT NULL THEN
        RAISE EXCEPTION 'the state of % % changes without a move', TG_TABLE_NAME, bad USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
"""
DROP_LOGGED_FUNCTION = "DROP FUNCTION portal_check_logged() CASCADE"
# What writes down each row's change while a batch is named: the setting is local to the transaction that names it.
NOTES = {
    "note_change": "CREATE TRIGGER note_change AFTER INSERT OR UPDATE OR DELETE ON {table} FOR EACH ROW"
    " WHEN (current_setting('portal.batch', true) <> '') EXECUTE FUNCTION portal_note_change('{key}')",
}
NOTE_FUNCTION = """
CREATE FUNCTION portal_note_change() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE was jsonb; became jsonb;
BEGIN
    IF TG_OP <> 'INSERT' THEN was := to_jsonb(OLD); END IF;
    IF TG_OP <> 'DELETE' THEN became := to_jsonb(NEW); END IF;
    INSERT INTO base_rowchange (batch, of_table, key, was, became) VALUES (
        current_setting('portal.batch')::uuid, TG_TABLE_NAME, coalesce(became, was) ->> TG_ARGV[0], was, became);
    RETURN NULL;
END $$;
"""
DROP_NOTE_FUNCTION = "DROP FUNCTION portal_note_change() CASCADE"

# The functions behind the first two, installed by base's own migration. No LIMIT in them: it makes the planner compare
# 10,000 rows with 10,000 in a nested loop, which takes seconds where the hash join takes milliseconds.
FUNCTIONS = """
CREATE FUNCTION portal_refuse_change() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    RAISE EXCEPTION '% on % refused: the table is append-only', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE FUNCTION portal_check_births() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE bad text;
BEGIN
    EXECUTE format(
        'SELECT min(born.state) FROM (SELECT DISTINCT n.%1$I AS state FROM new_rows n) born'
        ' WHERE NOT EXISTS (SELECT 1 FROM base_allowedmove m'
        ' WHERE m.machine = %2$L AND m.source = '''' AND m.target = born.state)',
        TG_ARGV[1], TG_ARGV[0]) INTO bad;
    IF bad IS NOT NULL THEN
        RAISE EXCEPTION '% cannot begin in state %', TG_TABLE_NAME, bad USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION portal_check_moves() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE bad text;
BEGIN
    EXECUTE format(
        'SELECT min(coalesce(moved.source, ''?'') || '' → '' || moved.target) FROM ('
        ' SELECT DISTINCT o.%1$I AS source, n.%1$I AS target FROM new_rows n LEFT JOIN old_rows o ON o.id = n.id'
        ' WHERE o.%1$I IS DISTINCT FROM n.%1$I) moved'
        ' WHERE NOT EXISTS (SELECT 1 FROM base_allowedmove m'
        ' WHERE m.machine = %2$L AND m.source = moved.source AND m.target = moved.target)',
        TG_ARGV[1], TG_ARGV[0]) INTO bad;
    IF bad IS NOT NULL THEN
        RAISE EXCEPTION '% cannot move %', TG_TABLE_NAME, bad USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
"""
DROP_FUNCTIONS = """
DROP FUNCTION portal_check_moves();
DROP FUNCTION portal_check_births();
DROP FUNCTION portal_refuse_change();
"""
