"""Prepares the fonts for paper once; a second run has nothing to do."""

from argparse import ArgumentParser
from time import monotonic

from django.core.management.base import BaseCommand, CommandError

from union_portal.base.paper import PaperError, faces, fonts


class Command(BaseCommand):
    """Find or download the open Chinese fonts and make the portal's six faces from them."""

    help = "Prepare the fonts that PDF documents use (once, at set-up)."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add --force."""
        parser.add_argument("--force", action="store_true", help="prepare again even if nothing has changed")

    def handle(self, *_args: str, force: bool, **_options: object) -> None:
        """Prepare and say which fonts are used."""
        started = monotonic()
        try:
            prepared = fonts.prepare(faces.fonts_dir(), self._say, force=force)
        except PaperError as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(f"The fonts cannot be kept in {faces.fonts_dir()}: {error}") from error
        self._say(f"{faces.fonts_dir()}: {', '.join(face.source for face in prepared)} ({monotonic() - started:.1f} s)")

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()
