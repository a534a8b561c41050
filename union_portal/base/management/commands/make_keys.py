"""`manage.py make_keys`: make the data keys of a new installation, or add a new one."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from union_portal.base.encryption import KeyTrouble
from union_portal.base.keyring import make_keys, rotate_keys
from union_portal.base.keyring import reencrypt as reencrypt_values


class Command(BaseCommand):
    help = "Make the data keys of a new installation and register them; refused when a key is lost."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Offer rotation and re-encryption."""
        parser.add_argument("--rotate", action="store_true", help="add a data key that encrypts from now on")
        parser.add_argument("--reencrypt", action="store_true", help="encrypt all values again with the newest key")

    def handle(self, *_args: Any, rotate: bool, reencrypt: bool, **_options: Any) -> None:
        """Exit 2 when refused."""
        try:
            for path in make_keys():
                self.stdout.write(f"Made {path}. Keep a copy apart from the backups of the database.")
            if rotate:
                self.stdout.write(f"Key {rotate_keys()} encrypts from now on; restart the portal and its worker.")
        except KeyTrouble as trouble:
            raise CommandError(str(trouble), returncode=2) from trouble
        except DatabaseError as error:
            reason = str(error).partition("\n")[0]
            text = f"the keys cannot be compared with the database ({reason}): run grant_runtime as the owner first."
            raise CommandError(text, returncode=2) from error
        if reencrypt:
            self.stdout.write(f"{reencrypt_values()} values encrypted again.")
