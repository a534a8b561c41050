"""What whoever runs code in the web process could say to the database: refused, each statement by its name."""

import os
from collections.abc import Iterator
from typing import Any

import environ
import psycopg
import pytest
from django.apps import apps
from django.conf import settings
from django.db import DatabaseError, connection, transaction

from congress.elections.services import elections as counting
from congress.surveys.models import Survey, SurveySheet
from congress.voting.services.counting import Papers
from tests.attack import sweep
from tests.factories import attendance, bodies, elections, ledger, members, states
from tests.factories.rows import row
from union_portal.accounts.enums import Role
from union_portal.base.states import machine_of
from union_portal.base.steps import take
from welfare.books.models import FiscalYear

pytestmark = [pytest.mark.attack, pytest.mark.django_db]
MOVED = {
    model._meta.db_table: model
    for model in apps.get_models()
    if machine_of(model) is not None and hasattr(model, "state") and model._meta.app_label != "sample"
}
# Said by an account that signs in as the runtime role itself.
RIGHTS = {
    "temporary table in place of the table of moves": "CREATE TEMP TABLE base_allowedmove (machine text, source text)",
    "temporary table in place of the years": "CREATE TEMP TABLE welfare_fiscalyear (LIKE public.welfare_fiscalyear)",
    "temporary view": "CREATE TEMP VIEW congress_election AS SELECT 1 AS id",
    "temporary table from a query": "SELECT * INTO TEMP congress_survey FROM public.congress_survey",
    "temporary sequence": "CREATE TEMP SEQUENCE welfare_posting_id_seq",
    "temporary function": "CREATE FUNCTION pg_temp.portal_check_moves() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "table of one's own": "CREATE TABLE public.mine (n int)",
    "schema of one's own": "CREATE SCHEMA mine",
    "function of one's own": "CREATE FUNCTION public.mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "another body for the seal": "CREATE OR REPLACE FUNCTION public.welfare_posting_hash(p public.welfare_posting,"
    " digest text) RETURNS text LANGUAGE sql AS 'SELECT p.hash'",
    "seal dropped": "DROP FUNCTION public.welfare_seal_posting CASCADE",
    "search path of a guard": "ALTER FUNCTION public.portal_check_moves() RESET search_path",
    "triggers disabled": "ALTER TABLE welfare_posting DISABLE TRIGGER ALL",
    "one trigger disabled": "ALTER TABLE welfare_fiscalyear DISABLE TRIGGER guard_moves",
    "trigger dropped": "DROP TRIGGER append_only_rows ON welfare_ledgerentry",
    "trigger of one's own": "CREATE TRIGGER quiet BEFORE INSERT ON welfare_posting FOR EACH ROW"
    " EXECUTE FUNCTION portal_refuse_change()",
    "rule": "CREATE RULE quiet AS ON INSERT TO welfare_posting DO INSTEAD NOTHING",
    "constraint dropped": "ALTER TABLE welfare_ledgerentry DROP CONSTRAINT welfare_entry_sealed_by_its_transaction",
    "column dropped": "ALTER TABLE welfare_posting DROP COLUMN hash",
    "table taken over": "ALTER TABLE welfare_posting OWNER TO CURRENT_USER",
    "table dropped": "DROP TABLE accounts_accessentry",
    "owner's role": "SET ROLE {owner}",
    "owner's session": "SET SESSION AUTHORIZATION {owner}",
    "replication role": "SET session_replication_role = replica",
    "membership in the owner": "GRANT {owner} TO CURRENT_USER",
    "superuser": "ALTER ROLE CURRENT_USER SUPERUSER",
    "another role": "CREATE ROLE mine",
    "another database": "CREATE DATABASE mine",
    "sequence set back": "SELECT setval('welfare_posting_id_seq', 1)",
    "sequence restarted": "ALTER SEQUENCE welfare_posting_id_seq RESTART",
    "program run": "COPY welfare_posting FROM PROGRAM 'true'",
    "file read": "SELECT pg_read_file('/etc/passwd')",
    "file written": "COPY (SELECT 1) TO '/tmp/mine'",
    "extension": "CREATE EXTENSION dblink",
    "library": "LOAD '/tmp/mine.so'",
    "table of moves widened": "INSERT INTO base_allowedmove (machine, source, target) VALUES ('x', 'a', 'b')",
    "table of moves rewritten": "UPDATE base_allowedmove SET target = source",
    "table of moves emptied": "TRUNCATE base_allowedmove",
    "posting changed": "UPDATE welfare_posting SET total = 1",
    "posting deleted": "DELETE FROM welfare_posting",
    "entries emptied": "TRUNCATE welfare_ledgerentry CASCADE",
    "entry changed": "UPDATE welfare_ledgerentry SET amount = 1",
    "history changed": "UPDATE members_personevent SET name = ''",
    "history emptied": "TRUNCATE members_personevent",
    "access log deleted": "DELETE FROM accounts_accessentry",
    "moves of years rewritten": "UPDATE welfare_fiscalyearmove SET reason = ''",
    "migrations rewritten": "DELETE FROM django_migrations",
}
# Said with rows to say it of, where the right to write the table is there and a guard refuses.
ROWS = {
    "closed year opened": "UPDATE welfare_fiscalyear SET state = 'open' WHERE state = 'closed'",
    "closed year moved": "UPDATE welfare_fiscalyear SET year = 2031 WHERE state = 'closed'",
    "closed year deleted": "DELETE FROM welfare_fiscalyear WHERE state = 'closed'",
    "guard led to the caller's schema": "SET LOCAL search_path = pg_temp, public;"
    " UPDATE welfare_fiscalyear SET state = 'open' WHERE state = 'closed'",
    "move of another transaction": "INSERT INTO welfare_fiscalyearmove (subject_id, action, source, target, reason, at,"
    " transaction) SELECT id, 'close', 'open', 'closed', '', now(), '3' FROM welfare_fiscalyear WHERE state = 'open';"
    " UPDATE welfare_fiscalyear SET state = 'closed' WHERE state = 'open'",
    "votes of a confirmed election": "UPDATE congress_candidate SET votes = 99 WHERE election_id = {election}",
    "candidate of a confirmed election": "DELETE FROM congress_candidate WHERE election_id = {election}",
    "turnout of a confirmed election": "UPDATE congress_election SET returned = 99 WHERE id = {election}",
    "name on an anonymous sheet": "UPDATE congress_surveysheet SET person_id = {person}",
    "named survey made of an anonymous one": "UPDATE congress_survey SET anonymous = false WHERE id = {survey}",
    "entry slipped into a posting": "INSERT INTO welfare_ledgerentry (posting_id, line, account_id, fund_id, amount,"
    " occurred_on) SELECT posting_id, 77, account_id, fund_id, 5, occurred_on FROM welfare_ledgerentry LIMIT 1",
}


GUARDS = "without a move|stays what it is|is confirmed|anonym|is sealed|permission denied"


@pytest.fixture(scope="module")
def signed_in(django_db_setup: None, django_db_blocker: Any) -> Iterator[psycopg.Connection[Any]]:
    """Sign in as the runtime role itself."""
    with django_db_blocker.unblock():
        told = connection.get_connection_params()
    given = environ.Env.db_url_config(os.environ["DATABASE_URL"]) if os.environ.get("DATABASE_URL") else {}
    where = {name: told[name] for name in ("host", "port", "dbname") if told.get(name)}
    role, password = given.get("USER") or settings.PORTAL_RUNTIME_ROLE, given.get("PASSWORD") or None
    with psycopg.connect(**where, user=role, password=password, autocommit=True) as session:
        yield session


@pytest.fixture(scope="module")
def rows(one_data_set: Any) -> dict[str, Any]:
    """Make a row of every kind, a closed year, a confirmed election, an anonymous sheet."""
    people = sweep.officers()
    made = sweep.rows_of_all(people)
    for model in MOVED.values():
        if not model._default_manager.exists():
            row(model)
    year = FiscalYear.objects.filter(book=ledger.open_book(2023).book)
    take(subject=year.get(), action="close", actor=people[Role.FINANCE])
    election = _confirmed(attendance.sitting(due=9))
    survey = Survey.objects.get(pk=made[Survey].pk)
    Survey.objects.filter(pk=survey.pk).update(anonymous=True)
    states.put(Survey.objects.filter(pk=survey.pk), "open")
    SurveySheet.objects.create(survey=survey, answers={})
    return {"election": election.pk, "survey": survey.pk, "person": members.person().pk}


def _confirmed(sitting: Any) -> Any:
    """Return an election whose counting sheet is confirmed."""
    made = elections.election(sitting, seats=1, names=["甲候选", "乙候选"])
    votes = dict(zip(made.candidates.values_list("pk", flat=True), (9, 0), strict=True))
    watcher: Any = attendance.voters(sitting)[-1]
    counting.enter_count(sheet=made, votes=votes, papers=Papers(9, 9, 9, 0), actor=bodies.officer(), scrutineer=watcher)
    return counting.confirm(sheet=made, actor=watcher.user)


def said(*statements: str) -> None:
    """Say the statements in one transaction, up to what the database judges when it ends."""
    with transaction.atomic(), connection.cursor() as cursor:
        for sql in statements:
            cursor.execute(sql)
        connection.check_constraints()


@pytest.mark.parametrize("name", RIGHTS)
def test_the_runtime_role_has_no_right_to(name: str, signed_in: psycopg.Connection[Any]) -> None:
    sql = RIGHTS[name].replace("{owner}", connection.ops.quote_name(connection.settings_dict["USER"]))
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        signed_in.execute(sql)


@pytest.mark.parametrize("name", ROWS)
@pytest.mark.usefixtures("shared_rows")
def test_the_database_refuses(name: str, rows: dict[str, Any]) -> None:
    with pytest.raises(DatabaseError, match=GUARDS):
        said(*ROWS[name].format(**rows).split(";"))


@pytest.mark.parametrize("table", MOVED)
@pytest.mark.usefixtures("shared_rows", "rows")
def test_no_state_changes_without_its_move(table: str) -> None:
    """Whatever target the table of moves itself would allow."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*), min(state) FROM {table}")  # noqa: S608
        count, state = cursor.fetchone()
    assert count, table
    machine: Any = machine_of(MOVED[table])
    targets = sorted({str(target) for source, target in machine.pairs() if source == state != target})
    for target in targets or ["x"]:
        with pytest.raises(DatabaseError, match=f"{GUARDS}|violates check constraint"):
            said(f"UPDATE {table} SET state = '{target}' WHERE state = '{state}'")  # noqa: S608
