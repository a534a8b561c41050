"""Makes the cluster: peer sign-in only, two roles without superuser rights, checksums, UTF-8."""

import os
import pwd
import shutil
from pathlib import Path

from union_portal.cluster import binaries
from union_portal.cluster.errors import ClusterError
from union_portal.cluster.layout import DATABASE, OWNER, RUNTIME, SERVING_ACCOUNT, Layout
from union_portal.cluster.system import run_as

SUPERUSER = "postgres"
SETTINGS = """
# The portal's own cluster: no network, and no personal data in the log.
listen_addresses = ''
timezone = 'UTC'
log_timezone = 'UTC'
log_min_error_statement = panic
log_error_verbosity = terse
"""
# One statement a line: the single-user server reads them so. The extension in template1 reaches every later database.
STATEMENTS = f"""
CREATE EXTENSION btree_gist
CREATE ROLE {RUNTIME} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE
CREATE ROLE {OWNER} LOGIN NOSUPERUSER CREATEDB NOCREATEROLE
GRANT {RUNTIME} TO {OWNER}
CREATE DATABASE {DATABASE} OWNER {OWNER} TEMPLATE template1
REVOKE ALL ON DATABASE {DATABASE} FROM PUBLIC
GRANT CONNECT ON DATABASE {DATABASE} TO {RUNTIME}
"""


def make(layout: Layout, *, throwaway: bool = False) -> None:
    """Make the cluster beside its place and move it there when it is complete, so that half a one never counts.

    A `throwaway` one is not waited for until the disk has it.

    Raises:
        ClusterError: PostgreSQL is missing or failed.
    """
    programs = binaries.programs()
    unfinished = f"{layout.data}.new"
    _make_folder(layout)
    shutil.rmtree(unfinished, ignore_errors=True)
    run_as(
        layout.account,
        [
            str(programs / "initdb"),
            f"--pgdata={unfinished}",
            f"--username={SUPERUSER}",
            "--auth-local=peer",
            "--auth-host=reject",
            "--data-checksums",
            "--encoding=UTF8",
            "--locale=C.UTF-8",
            *(["--no-sync"] if throwaway else []),
        ],
    )
    write_access(layout, unfinished)
    with Path(unfinished, "postgresql.conf").open("a") as file:
        file.write(SETTINGS)
    said = run_as(
        layout.account,
        [str(programs / "postgres"), "--single", *(["-F"] if throwaway else []), "-D", unfinished, "template1"],
        stdin=STATEMENTS.lstrip(),
    )
    if "ERROR:" in said or "FATAL:" in said:
        raise ClusterError(f"The portal's database could not be made: {said.strip()[-1000:]}")
    Path(unfinished).rename(layout.data)


def _make_folder(layout: Layout) -> None:
    """Make the folder around the data: for root one of the server's account, outside the clone."""
    folder = Path(layout.data).parent
    if os.geteuid() != 0:
        folder.mkdir(parents=True, exist_ok=True)
        return
    try:
        user = pwd.getpwnam(layout.account)
    except KeyError as error:
        raise ClusterError(
            f"The system user “{layout.account}” is missing: apt-get install postgresql makes it."
        ) from error
    folder.mkdir(parents=True, exist_ok=True)
    for one in (folder.parent, folder):  # who serves passes through, whatever the umask
        one.chmod(0o755)
    os.chown(folder, user.pw_uid, user.pw_gid)
    (folder / "belongs-to").write_text(f"{layout.home}\n")


def write_access(layout: Layout, data: str) -> None:
    """Say who may be which role: the cluster's account and root are the owner, who serves is the runtime role alone.

    Written by the cluster's account, in whose folder root follows no links.
    """
    people = [f'portal "{layout.account}" {SUPERUSER}']
    people += [f'portal "{person}" {role}' for person in sorted({"root", layout.account}) for role in (OWNER, RUNTIME)]
    if layout.served_by_another:
        people.append(f'portal "{SERVING_ACCOUNT}" {RUNTIME}')
    files = {
        "pg_hba.conf": f"local all {SUPERUSER},{OWNER},{RUNTIME} peer map=portal\nlocal all all reject\n",
        "pg_ident.conf": "\n".join(people) + "\n",
    }
    for name, text in files.items():
        run_as(layout.account, ["/bin/sh", "-c", 'cat >"$1"', "sh", f"{data}/{name}"], stdin=text)
