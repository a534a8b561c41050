"""`manage.py account`: what two people do on the desk, where there are not two yet or no longer."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from union_portal.accounts import services
from union_portal.accounts.enums import AskedStep, Role
from union_portal.accounts.models import User
from union_portal.base.errors import DomainError


class Command(BaseCommand):
    help = (
        "Take a step on an account without a second person, or make its owner an administrator:"
        " PORTAL_DATABASE_ROLE=owner manage.py account NUMBER code|mailed_code|reset|close|reopen|administrator"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Ask for the staff number and the step."""
        parser.add_argument("number", help="the staff number")
        parser.add_argument("step", choices=[*AskedStep.values, Role.ADMINISTRATOR.value])

    def handle(self, *_args: Any, number: str, step: str, **_options: Any) -> None:
        """Take the step in nobody's name; the log says so, and the owner hears of it."""
        if settings.PORTAL_DATABASE_ROLE != "owner":
            raise CommandError(
                "only the database's owner does this alone: PORTAL_DATABASE_ROLE=owner manage.py account …"
            )
        user = User.objects.filter(staff_number=number).first()
        if user is None:
            raise CommandError(f"there is no account {number}.")
        try:
            if step == Role.ADMINISTRATOR:
                services.assign_role(user=user, role=Role.ADMINISTRATOR, valid_from=timezone.localdate())
                said = ""
            else:
                said = services.take(user=user, step=AskedStep(step), actor=None)
        except DomainError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(said or f"{user}: {step}")
