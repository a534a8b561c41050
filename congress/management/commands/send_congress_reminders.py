"""Sends the digests of deadlines; the worker does the same every morning."""

import datetime as dt
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from congress.ratings import services as ratings
from congress.reminders import services as reminders


class Command(BaseCommand):
    """Closes what nobody rated in time, then mails each person at most one digest."""

    help = (
        "Close replies that nobody rated in time and mail each person one digest of the deadlines that come near or "
        "have passed. Nothing is sent twice, however often it runs."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the day."""
        parser.add_argument("--on", metavar="DATE", type=dt.date.fromisoformat, help="as if it were that day")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Do it and say how many."""
        day = options["on"] or timezone.localdate()
        closed = ratings.close_unrated(on=day)
        sent = reminders.send(on=day)
        self.stdout.write(f"{day}: {sent} digests sent, {closed} unrated proposals closed")
