"""`manage.py grant_runtime`: run as the owner role after every migrate."""

from collections import Counter
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from union_portal.base.grants import GrantError, grant_runtime


class Command(BaseCommand):
    help = "Give the runtime role its declared privileges; append-only tables get INSERT and SELECT."

    def handle(self, *_args: Any, **options: Any) -> None:
        """Grant, and say how many tables got what."""
        try:
            granted = grant_runtime(role=settings.PORTAL_RUNTIME_ROLE)
        except GrantError as error:
            raise CommandError(str(error)) from error
        if options["verbosity"]:
            for privileges, tables in sorted(Counter(granted.values()).items()):
                self.stdout.write(f"{', '.join(privileges)}: {tables} tables")
