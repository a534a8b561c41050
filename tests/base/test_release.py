"""What guards the database is held to what the release declares."""

import pytest
from django.conf import settings
from django.db import connection

from tests import database
from union_portal.base import release

pytestmark = [pytest.mark.attack, pytest.mark.django_db]

HASH = "welfare_posting_hash(p welfare_posting, digest text)"
SETTING = "LANGUAGE plpgsql SET search_path = public, pg_temp AS $$ BEGIN RETURN NULL; END $$"
TAMPERINGS = {
    f"CREATE OR REPLACE FUNCTION {HASH} RETURNS text LANGUAGE sql RETURN p.hash": "function welfare_posting_hash",
    f"CREATE OR REPLACE FUNCTION portal_refuse_change() RETURNS trigger {SETTING}": "function portal_refuse_change",
    f"CREATE OR REPLACE FUNCTION portal_check_logged() RETURNS trigger {SETTING}": "function portal_check_logged",
    "ALTER FUNCTION welfare_seal_posting() RESET search_path": "function welfare_seal_posting",
    "ALTER TABLE welfare_posting DISABLE TRIGGER check_hands": "trigger welfare_posting.check_hands",
    "DROP TRIGGER guard_moves ON welfare_fiscalyear": "trigger welfare_fiscalyear.guard_moves",
    "CREATE TRIGGER quiet BEFORE INSERT ON welfare_ledgerentry FOR EACH ROW"
    " EXECUTE FUNCTION portal_refuse_change()": "trigger welfare_ledgerentry.quiet",
    "ALTER TABLE members_person DISABLE TRIGGER USER": "history members_person",
    "ALTER TABLE welfare_ledgerentry DROP CONSTRAINT welfare_entry_sealed_by_its_transaction": (
        "constraints welfare_ledgerentry"
    ),
    "GRANT UPDATE ON welfare_ledgerentry TO {role}": "welfare_ledgerentry：运行角色多出权限 UPDATE",
    "GRANT UPDATE (amount) ON welfare_ledgerentry TO {role}": "welfare_ledgerentry：运行角色多出权限 UPDATE",
    "GRANT TRUNCATE ON accounts_accessentry TO PUBLIC": "accounts_accessentry：运行角色多出权限 TRUNCATE",
    "GRANT CREATE ON SCHEMA public TO {role}": "运行角色可以建立数据表",
}


def test_the_migrated_database_is_the_declared_one() -> None:
    with connection.cursor() as cursor:
        assert release.catalogue(cursor) == release.declared(), "run manage.py declare_guards on a new database"
    assert list(release.departures()) == []


@pytest.mark.parametrize(("sql", "named"), TAMPERINGS.items(), ids=TAMPERINGS.values())
def test_what_an_owner_alters_is_named(sql: str, named: str) -> None:
    role = connection.ops.quote_name(settings.PORTAL_RUNTIME_ROLE)
    with database.owner_role(), connection.cursor() as cursor:
        cursor.execute(sql.replace("{role}", role))
    assert any(named in fault for fault in release.departures())


def test_a_view_reads_alike_in_every_release_of_postgresql() -> None:
    older = " SELECT e.posting_id,\n    sum(e.amount) AS total\n   FROM welfare_ledgerentry e\n  GROUP BY e.posting_id;"
    newer = " SELECT posting_id,\n    sum(amount) AS total\n   FROM welfare_ledgerentry e\n  GROUP BY posting_id;"
    assert release._unprefixed(older) == newer == release._unprefixed(newer)
    # Of two tables each column keeps its own.
    joined = " SELECT a.amount\n   FROM (one a\n     JOIN two b ON ((a.id = b.id)));"
    assert release._unprefixed(joined) == joined
