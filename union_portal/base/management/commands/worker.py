"""Runs the worker: jobs that pages wait for, what is done every day, and mail."""

import asyncio
from typing import Any

from django.core.management.base import BaseCommand

from union_portal.base.lanes import work_until_told


class Command(BaseCommand):
    """Works until it is asked to end."""

    help = "Do what pages leave for later and what is due every day, and send mail; comes back when the database does."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Work."""
        asyncio.run(work_until_told())
