"""Writes the empty table of a kind."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from union_portal.base.errors import DomainError
from union_portal.base.importing.kinds import kind
from union_portal.base.importing.sheets import template


class Command(BaseCommand):
    """Writes OUT.xlsx with headings, notes, lists to choose from and a sample row."""

    help = "Write the empty table of a kind of record as xlsx."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the kind and the file to write."""
        parser.add_argument("kind", metavar="KIND")
        parser.add_argument("out", metavar="OUT.xlsx", type=Path)

    def handle(self, *_args: Any, **options: Any) -> None:
        """Write the file."""
        try:
            found = kind(options["kind"])
            data = template(found.kind, rows=found().rows_to_complete())
        except DomainError as error:
            raise CommandError(str(error), returncode=2) from error
        options["out"].write_bytes(data)
        self.stdout.write(str(options["out"]))
