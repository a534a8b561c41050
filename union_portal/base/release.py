"""What the release puts into the database to guard it, compared with what is there.

`declared.json` beside this file names every function, view, trigger and constraint by a hash of how PostgreSQL keeps
it. It is written by `manage.py declare_guards` from a new database and held to the migrations by a test, so that
`verify_ledger` trusts no function, no trigger and no right of the database it checks.
"""

import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import connections
from django.db.backends.utils import CursorWrapper

from union_portal.base.grants import ORDINARY, declared_privileges

DECLARED = Path(__file__).with_name("declared.json")
_ONE_TABLE = re.compile(r"^   FROM (?P<name>\w+)(?: (?P<alias>\w+))?;?$", re.MULTILINE)
NOT_SHIPPED = "sample_"  # the tables of the tests' own kinds
PRIVILEGES = ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER")
FUNCTION = "concat_ws('|', p.prosrc, pg_get_function_sqlbody(p.oid), p.proconfig, p.prosecdef, p.provolatile::text)"
OWN = "n.nspname = 'public' AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = {oid} AND d.deptype = 'e')"
# A table's triggers of history, and its constraints, stand as one; conditions of checks without their words,
# which another release of PostgreSQL writes otherwise.
CATALOGUE = f"""
SELECT 'function ' || p.oid::regprocedure, {FUNCTION} FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
    WHERE {OWN.format(oid="p.oid")} AND p.proname !~ '^pgtrigger_'
UNION ALL SELECT 'view ' || c.relname, pg_get_viewdef(c.oid)
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE {OWN.format(oid="c.oid")} AND c.relkind IN ('v', 'm')
UNION ALL SELECT 'trigger ' || c.relname || '.' || t.tgname, pg_get_triggerdef(t.oid) || t.tgenabled::text
    FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = 'public' AND NOT t.tgisinternal AND t.tgname !~ '^pgtrigger_'
UNION ALL SELECT 'history ' || c.relname,
        string_agg(pg_get_triggerdef(t.oid) || t.tgenabled::text || {FUNCTION}, '|' ORDER BY t.tgname)
    FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_proc p ON p.oid = t.tgfoid
    WHERE n.nspname = 'public' AND NOT t.tgisinternal AND t.tgname ~ '^pgtrigger_' GROUP BY c.relname
UNION ALL SELECT 'constraints ' || c.relname,
        string_agg(concat_ws('|', k.conname, k.contype::text, k.convalidated,
            CASE WHEN k.contype IN ('p', 'u', 'f') THEN pg_get_constraintdef(k.oid) END), '|' ORDER BY k.conname)
    FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = 'public' AND k.contype <> 'n' GROUP BY c.relname
"""  # noqa: S608
# Internal triggers carry out foreign keys: one that is off lets any key through.
DISABLED = """
SELECT c.relname || '.' || t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
    JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = 'public' AND t.tgisinternal AND t.tgenabled <> 'O' ORDER BY 1
"""
ROLE = """
SELECT r.rolsuper OR r.rolcreaterole OR r.rolcreatedb OR r.rolreplication OR r.rolbypassrls,
    EXISTS (SELECT FROM pg_auth_members m WHERE m.member = r.oid),
    has_database_privilege(r.oid, current_database(), 'TEMPORARY'), has_schema_privilege(r.oid, 'public', 'CREATE'),
    EXISTS (SELECT FROM pg_class c WHERE c.relowner = r.oid) OR EXISTS (SELECT FROM pg_proc p WHERE p.proowner = r.oid)
FROM pg_roles r WHERE r.rolname = %s
"""
ROLE_FAULTS = (
    "运行角色有超出应有的数据库权力",
    "运行角色属于其他角色",
    "运行角色可以建立临时表",
    "运行角色可以建立数据表",
    "运行角色拥有数据表或函数",
)
RIGHTS = """
SELECT c.relname, array(SELECT right_ FROM unnest(%(rights)s::text[]) right_
    WHERE has_table_privilege(%(role)s, c.oid, right_) OR (right_ IN ('INSERT', 'UPDATE', 'REFERENCES')
        AND has_any_column_privilege(%(role)s, c.oid, right_)))
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p', 'v', 'm') ORDER BY c.relname
"""


def catalogue(cursor: CursorWrapper) -> dict[str, str]:
    """Return by name a hash of each function, view and trigger, and of each table's history and constraints."""
    cursor.execute(CATALOGUE)
    told = ((name, _unprefixed(text) if name.startswith("view ") else text) for name, text in cursor.fetchall())
    found = sorted((name, _bare(text)) for name, text in told if not _not_shipped(name))
    return {name: hashlib.sha256(text.encode()).hexdigest()[:16] for name, text in found}


def _bare(text: str) -> str:
    """Leave casts and brackets out: a condition that was dumped and restored comes back with others."""
    return re.sub(r"::(\w| )+(\[\])?|[()\s]", "", text)


def _unprefixed(view: str) -> str:
    """Leave out the name before a column where a view reads a single table: PostgreSQL writes it up to 15 alone."""
    parts = re.split(r"^(?= SELECT )", view, flags=re.MULTILINE)
    return "".join(_without(_ONE_TABLE.search(part), part) for part in parts)


def _without(table: re.Match[str] | None, part: str) -> str:
    if table is None or not part.startswith(" SELECT "):
        return part
    return re.sub(rf"\b{table['alias'] or table['name']}\.(?=\w)", "", part)


def _not_shipped(name: str) -> bool:
    return name.partition(" ")[2].startswith(NOT_SHIPPED)


def declared() -> dict[str, str]:
    """Return what the release declares."""
    found: dict[str, str] = json.loads(DECLARED.read_text(encoding="utf-8"))
    return found


def departures(*, using: str = "default") -> Iterator[str]:
    """Yield in words what the database has otherwise than the release declares: functions, triggers, rights, role."""
    with connections[using].cursor() as cursor:
        there, wanted = catalogue(cursor), declared()
        for name in sorted(there.keys() | wanted.keys()):
            if there.get(name) != wanted.get(name):
                what = "缺失" if name not in there else "来历不明" if name not in wanted else "与发行版本不同"
                yield f"{name}：{what}"
        cursor.execute(DISABLED)
        yield from (f"{name}：外键检查被关闭" for (name,) in cursor.fetchall())
        role = settings.PORTAL_RUNTIME_ROLE
        cursor.execute(ROLE, [role])
        row = cursor.fetchone()
        if row is None:
            yield f"{role}：缺失"
            return
        yield from (f"{role}：{words}" for words, wrong in zip(ROLE_FAULTS, row, strict=True) if wrong)
        cursor.execute(RIGHTS, {"rights": list(PRIVILEGES), "role": role})
        allowed = declared_privileges()
        for table, rights in cursor.fetchall():
            excess = sorted(set(rights) - set(allowed.get(table, ORDINARY)))
            if excess:
                yield f"{table}：运行角色多出权限 {', '.join(excess)}"
