"""Load the demo college."""

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from union_portal.base.errors import DomainError
from union_portal.demo.services import signins
from union_portal.demo.services.loading import SEED, load


class Command(BaseCommand):
    """Exit 0 loaded or reused, 2 refused and nothing changed, 1 a fault."""

    help = "Load the invented demo college into an empty portal and print its sign-ins; a second run reuses it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the running year and the seed."""
        parser.add_argument(
            "--year", type=int, help="the running year; the three before it are full (default: this year)"
        )
        parser.add_argument("--seed", type=int, default=SEED, help="another seed makes another college")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Load or reuse."""
        began = time.monotonic()
        try:
            loaded = load(year=options["year"], seed=options["seed"])
        except DomainError as refused:
            raise CommandError(str(refused), returncode=2) from refused
        if loaded.fresh:
            words = "演示学院已装入：%(people)d 人，用时 %(seconds).1f 秒。"
            self.stdout.write(words % {"people": loaded.people, "seconds": time.monotonic() - began})
        else:
            words = "演示学院已在库中（%(people)d 人），沿用现有数据。"
            self.stdout.write(words % {"people": loaded.people})
        self.stdout.write(signins.table(loaded.signins))
