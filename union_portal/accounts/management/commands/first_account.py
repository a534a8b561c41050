"""`manage.py first_account`: the account that sets a new portal up, with its one-time code."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from union_portal.accounts import services
from union_portal.base.errors import DomainError


class Command(BaseCommand):
    help = (
        "Make the account that sets a new portal up and print its one-time code; a new code until somebody signs in:"
        " PORTAL_DATABASE_ROLE=owner manage.py first_account [--number NUMBER --name NAME]"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Offer another number and name than the usual ones."""
        parser.add_argument("--number", default="admin", help="the number it signs in with")
        parser.add_argument("--name", default="系统管理员", help="its owner's name")

    def handle(self, *_args: Any, number: str, name: str, **_options: Any) -> None:
        """Print number and code on a line each."""
        if settings.PORTAL_DATABASE_ROLE != "owner":
            raise CommandError(
                "only the database's owner does this: PORTAL_DATABASE_ROLE=owner manage.py first_account"
            )
        try:
            user, code = services.open_portal(staff_number=number, name=name)
        except DomainError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{user.staff_number}\n{code}")
