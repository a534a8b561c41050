"""Runs PostgreSQL's programs as the system user that owns the cluster."""

import os
import pwd
import subprocess

from union_portal.cluster.errors import ClusterError


def run_as(account: str, command: list[str], *, stdin: str | None = None) -> str:
    """Run a program as a system user, from the root folder since that user may not enter the clone; return its output.

    Raises:
        ClusterError: the program failed; the message carries the end of what it said.
    """
    try:
        user = pwd.getpwnam(account)
    except KeyError as error:
        raise ClusterError(f"The system user “{account}” is missing: apt-get install postgresql makes it.") from error
    other = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []} if os.geteuid() != user.pw_uid else {}
    done = subprocess.run(  # noqa: S603 - our own words
        command,
        input=stdin,
        stdin=None if stdin is not None else subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd="/",
        env={"PATH": os.defpath, "LC_ALL": "C.UTF-8", "LC_MESSAGES": "C"},
        check=False,
        **other,  # type: ignore[call-overload]
    )
    if done.returncode:
        raise ClusterError(f"{command[0]} failed: {done.stdout.strip()[-1000:]}")
    return str(done.stdout)
