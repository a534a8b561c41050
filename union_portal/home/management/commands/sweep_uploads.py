"""Removes uploads that nobody confirmed in time, and papers that no record holds."""

from typing import Any

from django.core.management.base import BaseCommand

from union_portal.home.imports.services import uploads as imports


class Command(BaseCommand):
    """Sweeps; the worker does the same every night."""

    help = "Remove uploads whose time for confirmation is over, and papers that no record holds. Exit 0: done."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Sweep."""
        self.stdout.write(f"{imports.sweep_uploads()}")
