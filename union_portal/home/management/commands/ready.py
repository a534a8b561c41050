"""`manage.py ready`: whether the portal can serve, said in one line."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from union_portal.accounts.models import User
from union_portal.base.paper import PaperError, faces
from union_portal.base.readiness import trouble


class Command(BaseCommand):
    help = "Tell whether keys, database, fonts, static files and the first account are there. Exit 1: the first fault."
    requires_system_checks = ()

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Look, and change nothing."""
        if not settings.SECRET_KEY:
            raise CommandError("the secret key is missing.")
        if found := trouble():
            raise CommandError(found)
        try:
            faces.load()
        except PaperError as error:
            raise CommandError(str(error)) from error
        if not Path(settings.STATIC_ROOT, "staticfiles.json").is_file():
            raise CommandError("the static files are not collected: manage.py collectstatic.")
        if (
            not User.objects.filter(is_active=True, is_superuser=True).exists()
            and not User.objects.entrusted().exists()
        ):
            raise CommandError("nobody can set the portal up: PORTAL_DATABASE_ROLE=owner manage.py first_account.")
        self.stdout.write("ready")
