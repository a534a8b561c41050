#!/usr/bin/env python
"""The portal's command line."""

import os
import sys

import django
from django.conf import settings
from django.core.management import execute_from_command_line
from django.db import OperationalError

from union_portal.cluster import ClusterError, ensure_running

WITHOUT_DATABASE = {"help", "version", "check_keys", "collectstatic", "compilemessages", "makemessages"}


def main() -> None:
    """Run one management command, on a running database where it needs one."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "union_portal.settings")
    command, asks_for_help = (sys.argv[1:2] or ["help"])[0], {"--help", "-h"} & set(sys.argv)
    if settings.PORTAL_EMBEDDED_CLUSTER and not asks_for_help and command not in WITHOUT_DATABASE | {"--version"}:
        try:
            ensure_running(settings.PORTAL_DATA_DIR)
        except ClusterError as error:
            sys.exit(str(error))
    if command == "worker" and not asks_for_help:
        _refuse_an_unready_database()
    try:
        execute_from_command_line(sys.argv)
    except OperationalError as error:
        if settings.PORTAL_DATABASE_ROLE != "owner":
            raise
        said = str(error).strip().partition("\n")[0]
        sys.exit(f"The owner role cannot be reached; is this who may be it (docs/installation.md)? {said}")


def _refuse_an_unready_database() -> None:
    """Stop in one line where the job queue would answer with the database's own words."""
    django.setup()
    from union_portal.base.readiness import trouble  # noqa: PLC0415  # needs the apps

    found = trouble()
    if found:
        sys.exit(f"The worker cannot start: {found}")


if __name__ == "__main__":
    main()
