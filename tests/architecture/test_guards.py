"""The functions by which the database guards itself."""

import pytest
from django.db import connection


@pytest.mark.attack
@pytest.mark.django_db
def test_no_guard_can_be_misled_by_a_table_of_the_caller() -> None:
    """Each names its schema, pg_temp last; what is written as RETURN was bound when it was made."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT p.proname FROM pg_proc p JOIN pg_language l ON l.oid = p.prolang"
            " WHERE p.pronamespace = 'public'::regnamespace AND l.lanname IN ('plpgsql', 'sql')"
            " AND p.prosqlbody IS NULL"
            " AND p.proname ~ '^(portal|members|welfare|congress|activities|annual_report|accounts|home)_'"
            " AND NOT coalesce(p.proconfig, '{}') @> ARRAY['search_path=public, pg_temp'] ORDER BY 1"
        )
        assert [name for (name,) in cursor.fetchall()] == []
