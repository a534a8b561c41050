"""`manage.py declare_guards`: for developers, after a migration that changes a function, trigger or constraint."""

import json
from typing import Any

from django.core.management.base import BaseCommand
from django.db import connection

from union_portal.base.release import DECLARED, catalogue


class Command(BaseCommand):
    help = "Write what the migrated database's guards are into the file that verify_ledger compares with."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Write the file."""
        with connection.cursor() as cursor:
            found = catalogue(cursor)
        DECLARED.write_text(json.dumps(found, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
        self.stdout.write(f"{len(found)} → {DECLARED}")
