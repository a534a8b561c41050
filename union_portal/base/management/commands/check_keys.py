"""`manage.py check_keys FILE`: compare the keys in place with those a backup was encrypted with, without a database."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from union_portal.base.encryption import KeyTrouble
from union_portal.base.keyring import compare_keys


class Command(BaseCommand):
    help = "Compare the keys in place with a backup's list of keys (lines of id=check value)."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the file."""
        parser.add_argument("file", type=Path)

    def handle(self, *_args: Any, file: Path, **_options: Any) -> None:
        """Exit 2 when refused."""
        try:
            stored = dict(line.split("=", 1) for line in file.read_text(encoding="ascii").split())
            compare_keys(stored)
        except KeyTrouble as trouble:
            raise CommandError(str(trouble), returncode=2) from trouble
        except (OSError, ValueError) as error:
            raise CommandError(f"{file} is no list of keys ({error}).", returncode=2) from error
