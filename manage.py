#!/usr/bin/env python
"""The portal's command line."""

import os
import sys

from django.conf import settings
from django.core.management import execute_from_command_line

from union_portal.base.cluster import ClusterError, ensure_running

WITHOUT_DATABASE = {"help", "version", "collectstatic", "compilemessages", "makemessages", "prepare_fonts"}


def main() -> None:
    """Run one management command, on a running database where it needs one."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "union_portal.settings")
    command, asks_for_help = (sys.argv[1:2] or ["help"])[0], {"--help", "-h"} & set(sys.argv)
    if settings.PORTAL_EMBEDDED_CLUSTER and not asks_for_help and command not in WITHOUT_DATABASE | {"--version"}:
        try:
            ensure_running(settings.PORTAL_DATA_DIR)
        except ClusterError as error:
            sys.exit(str(error))
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
